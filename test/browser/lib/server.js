'use strict';
// The program under test: commands, and a server of its own for each file.

const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawn, spawnSync } = require('child_process');
const { after } = require('./tap');

const top = path.resolve(__dirname, '../../..');
// The program as it is shipped fills the stores and serves what is about the browser alone; the one with the sanitizers
// (AISMM; several times slower) serves where every route is asked for, and where the texts are hostile.
const program = path.join(top, 'build/aismm');
const sanitized = process.env.AISMM || program;
const NOW = '2026-11-20T09:00:00Z'; // of the demo organisation

// A folder of this run, gone at its end.
let made;
function folder() {
	if (!made) {
		made = fs.mkdtempSync(path.join(process.env.TMP || os.tmpdir(), 'aismm-browser-'));
		after(() => fs.rmSync(made, { recursive: true, force: true }));
	}
	return made;
}

function environment(store) {
	return { ...process.env, AISMM_DB: store, AISMM_NOW: NOW, AISMM_USER: 'Test', LC_ALL: 'C.UTF-8' };
}

// aismm ARGUMENTS… on a store -> what it printed.
function aismm(store, ...words) {
	const done = spawnSync(program, words, { env: environment(store), encoding: 'utf8', maxBuffer: 1 << 26 });
	if (done.status !== 0) throw new Error(`aismm ${words.join(' ')}: status ${done.status}\n${done.stderr}`);
	return done.stdout;
}

let stores = 0;
function emptyStore() {
	const store = path.join(folder(), `empty-${++stores}.db`);
	aismm(store, 'init');
	return store;
}

// A copy of the demo organisation. AISMM_DEMO names the one of the run; without it one is made.
function demoStore() {
	const store = path.join(folder(), 'demo.db');
	let source = process.env.AISMM_DEMO;
	if (!source) {
		const tour = spawnSync('sh', [path.join(top, 'content/demo/tour'), program, folder()], { encoding: 'utf8' });
		if (tour.status !== 0) throw new Error(`the tour: status ${tour.status}\n${tour.stderr}`);
		source = path.join(folder(), 'halden.db');
	}
	fs.copyFileSync(source, store);
	return store;
}

// Starts the server on any free port, or on that of one that was stopped -> { origin, store, stop() }. It has to end in
// peace.
function serve(store, by = program, port = 0) {
	return new Promise((resolve, reject) => {
		const child = spawn(by, ['serve', '--listen', `127.0.0.1:${port}`], { env: environment(store) });
		let said = '';
		let wrong = '';
		const gone = new Promise((over) => child.on('exit', over));
		const stop = async () => {
			child.kill('SIGTERM');
			const hard = setTimeout(() => child.kill('SIGKILL'), 10000);
			const status = await gone;
			clearTimeout(hard);
			if (status !== 0) throw new Error(`the server ended with ${status}\n${wrong}`);
		};
		child.on('error', reject);
		child.on('exit', (status) => reject(new Error(`the server ended with ${status}\n${wrong}`)));
		child.stderr.on('data', (data) => (wrong += data));
		child.stdout.on('data', (data) => {
			said += data;
			const at = /http:\/\/[^\s]+:\d+/.exec(said);
			if (at) resolve({ origin: at[0], store, stop });
		});
		after(() => child.exitCode === null && child.signalCode === null && stop());
	});
}

module.exports = { top, NOW, sanitized, aismm, folder, emptyStore, demoStore, serve };
