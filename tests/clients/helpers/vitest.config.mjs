export default {
  test: { globals: true, include: ['*.vitest.mjs'], globalSetup: ['../../../ci/helpers/node/global-setup.cjs'] },
};
