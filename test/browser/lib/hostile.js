'use strict';
// A store whose every text was written by somebody who wants the pages to break.

const fs = require('fs');
const path = require('path');
const { top, aismm, folder } = require('./server');

// window.owned is set when one of them runs; /owned is asked for when one of them loads something.
const TEXTS = [
	'<script>window.owned = 1</script>',
	'"><img src=/owned onerror=window.owned=1>',
	"' autofocus onfocus='window.owned=1' x='",
	'W'.repeat(300),
	'إدارة الامتثال ومخاطر الذكاء الاصطناعي (2026) – القسم ٧',
	'人工智能安全成熟度评估与合规管理部门'.repeat(8),
	'from left \u202eot thgir morf\u202c and back',
	'👩🏽‍💻🧯🏴‍☠️ 🔥',
	'{{7*7}} ${7*7} %s%n &lt;b&gt; &#60;i&#62; \\u003c',
	'Z̸̢͖̈́͛a̴̡̛̗͝l̶̰̈́͜g̷̻̅͠o̵͙͑̕ of the bill',
];
const FREE_TEXT = /^(name|title|purpose|scenario|function|department|cause|course|reason|publisher|resource)$/;

// The rows of a CSV file; quoted values may hold commas, quotes and line ends.
function read(file) {
	const text = fs.readFileSync(file, 'utf8');
	const rows = [[]];
	for (const at of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n\r]*))(,|\r?\n|$)/g)) {
		if (at.index >= text.length) break;
		rows[rows.length - 1].push(at[1] === undefined ? at[2] : at[1].replace(/""/g, '"'));
		if (at[3] !== ',') rows.push([]);
	}
	return rows.filter((row) => row.length > 1 || row[0]);
}

function write(file, rows) {
	const quoted = (value) => (/[",\n\r]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);
	fs.writeFileSync(file, rows.map((row) => `${row.map(quoted).join(',')}\n`).join(''));
}

// The same table with other texts in it.
function poison(from, to, texts) {
	const [head, ...rows] = read(from);
	let n = 0;
	for (const row of rows)
		head.forEach((column, i) => {
			if (texts.test(column) && row[i]) row[i] = TEXTS[n++ % TEXTS.length];
		});
	write(to, [head, ...rows]);
}

// The demo organisation in November, with nothing left of its texts but the ids.
function hostileStore() {
	const store = path.join(folder(), 'hostile.db');
	const demo = path.join(top, 'content/demo');
	const units = path.join(folder(), 'units.csv');
	const month = path.join(folder(), 'month');
	fs.mkdirSync(month);
	aismm(store, 'init');
	poison(path.join(demo, 'units-2026-09.csv'), units, /^name$/);
	aismm(store, 'unit', 'import', units, '--since', '2026-01-01');
	const kinds = fs.readdirSync(path.join(demo, '2026-07')).filter((name) => /^[a-z_]+\.csv$/.test(name));
	kinds.forEach((name, i) => {
		poison(path.join(demo, '2026-07', name), path.join(month, name), FREE_TEXT);
		const feed = `${i} ${TEXTS[i % TEXTS.length]}`.slice(0, 100);
		aismm(store, 'import', '--feed', feed, '--observed', '2026-11-16', path.join(month, name));
	});
	aismm(store, 'import', '--format', 'measures', path.join(demo, 'measures.csv'));
	const answers = [
		['GOV-02.3', '--met'],
		['DEV-05.2', '--not-met', '--unit', 'engineering'],
		['INF-03.4', '--na', '--unit', 'platform'],
	];
	answers.forEach((words, i) => {
		aismm(store, 'answer', ...words, '--by', TEXTS[i].slice(0, 60), '--because', TEXTS.join(' '));
	});
	aismm(store, 'evaluate');
	return store;
}

module.exports = { TEXTS, hostileStore };
