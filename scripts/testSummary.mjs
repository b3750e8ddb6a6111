// Says how the tests went, from the JSON that vitest wrote and the code it ended with.
import { existsSync, readFileSync } from 'node:fs';

const [file, exitCode = '0'] = process.argv.slice(2);
if (!existsSync(file)) {
  console.error('vitest ended before it could say how the tests went.');
  process.exit(1);
}
const run = JSON.parse(readFileSync(file, 'utf8'));

// A file that does not even load holds no test that could fail; it counts as one.
const broken = run.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
);
// So does an error outside of every test: vitest ends with a code then, and its JSON does not tell.
const unhandled = exitCode !== '0' && run.numFailedTests + broken.length === 0 ? 1 : 0;
const failed = run.numFailedTests + broken.length + unhandled;
const skipped = run.numPendingTests + run.numTodoTests;

for (const { name, message } of broken) console.log(`Did not load: ${name}\n${message}`);
if (unhandled) console.log(`All tests passed, and yet vitest ended with code ${exitCode}: see its errors above.`);
const failedFiles = run.testResults.filter(({ status }) => status === 'failed').length;
console.log(
  `Test Files  ${run.testResults.length - failedFiles} passed, ${failedFiles} failed, ${skipped} tests skipped`,
);
console.log(`${run.numPassedTests} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
