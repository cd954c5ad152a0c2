'use strict';
// Every page of a store whose every text is hostile: nothing runs, nothing is loaded, nothing grows out of its place.

const { test, run, nothing, equal, yes } = require('./lib/tap');
const { serve, sanitized } = require('./lib/server');
const { visitor, setUp } = require('./lib/browser');
const { everyPage } = require('./lib/crawl');
const { everything } = require('./lib/check');
const { TEXTS, hostileStore } = require('./lib/hostile');

let context;
let page;
let found;

test('a store of hostile texts can be filled and walked through', async () => {
	const server = await serve(hostileStore(), sanitized);
	context = await visitor(server);
	page = await setUp(context, { shown: TEXTS[0], name: 'mallory' });
	found = await everyPage(context, server, { alike: 1, each: 1 });
	const failed = found.dead.filter((one) => one.status !== 404);
	nothing([...failed.map((one) => `${one.address}: ${one.status}`), ...context.take()]);
});

test('the texts are shown as they were written', async () => {
	await page.goto('/units');
	const names = (await page.locator('tbody th .user').allTextContents()).join('\n');
	// But for what turns the direction of everything after it.
	const turning = /[\u202a-\u202e\u2066-\u2069]/g;
	for (const text of TEXTS) yes(names.includes(text.replace(turning, '\ufffd')), `no unit is called ${text}`);
	equal(turning.test(names), false, 'a character that turns the direction is shown');
	equal(await page.locator('#bar-account .user').textContent(), TEXTS[0], 'who is signed in');
});

test('every page is sound with them, and nothing of them runs', async () => {
	const wrong = [];
	for (const address of found.pages) {
		wrong.push(...(await everything(page, address, { content: true })));
		if (await page.evaluate(() => 'owned' in window)) wrong.push(`${address}: a text of a user ran`);
	}
	nothing([...wrong, ...context.take()]);
});

run();
