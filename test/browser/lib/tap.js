'use strict';
// Tests that say what they found as TAP. A file declares its tests with test() and ends with run(); they run one after
// the other in the order they stand. What after() was given is done at the end, and on signals, whatever happened.

const TEST_SECONDS = 240; // a machine may be busy
const tests = [];
const ends = [];

// name: a sentence. work: async; an error thrown is a failure.
function test(name, work) {
	tests.push({ name, work });
}

// Something to undo at the end: the last one first. When it fails, so does the file.
function after(work) {
	ends.push(work);
}

function explain(error) {
	for (const line of String((error && error.stack) || error).split('\n').slice(0, 80)) console.log(`# ${line}`);
}

async function cleanUp() {
	let good = true;
	while (ends.length)
		try {
			await ends.pop()();
		} catch (error) {
			good = false;
			console.log('# while cleaning up:');
			explain(error);
		}
	return good;
}

function within(seconds, promise) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`took more than ${seconds} s`)), seconds * 1000);
	});
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function run() {
	let good = true;
	for (const end of ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException', 'unhandledRejection'])
		process.once(end, () => cleanUp().finally(() => process.exit(1)));
	console.log(`1..${tests.length}`);
	for (const [i, { name, work }] of tests.entries()) {
		const began = Date.now();
		try {
			await within(TEST_SECONDS, work());
			console.log(`ok ${i + 1} - ${name}`);
		} catch (error) {
			good = false;
			console.log(`not ok ${i + 1} - ${name}`);
			explain(error);
		}
		console.log(`# ${Date.now() - began} ms`);
	}
	good = (await cleanUp()) && good;
	process.exit(good ? 0 : 1);
}

// ---- what is wanted ----

// Fails with all that was found, each once.
function nothing(found) {
	const all = [...new Set(found)];
	if (all.length) throw new Error(`${all.length} found\n${all.join('\n')}`);
}

function equal(is, wanted, what) {
	if (is !== wanted) throw new Error(`${what}: ${JSON.stringify(is)}, and not ${JSON.stringify(wanted)}`);
}

function yes(is, what) {
	if (!is) throw new Error(what);
}

module.exports = { test, after, run, nothing, equal, yes };
