import { after, afterEach, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { useFickle } from '../../../ci/helpers/node/fickledb.cjs';
import { tellHelperStory } from './helper-story.cjs';

const users = fileURLToPath(new URL('../../../fixtures/samples/identity-pool', import.meta.url));
tellHelperStory(test, useFickle({ before, beforeEach, afterEach, after }, { flags: ['--fixtures', users] }));
