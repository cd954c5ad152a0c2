'use strict';
// Takes the pictures of docs/shots from the demo organisation: `./dev shots`.

const fs = require('fs');
const path = require('path');
const { top, demoStore, serve } = require('./lib/server');
const { visitor, setUp } = require('./lib/browser');
const { test, run } = require('./lib/tap');

const folder = path.join(top, 'docs/shots');
const PAGES = [
	['overview', '/'],
	['category', '/category/IAM'],
	['units', '/units'],
	['objective', '/objective/IAM-04.1'],
	['assess', '/assess/CMP-03.1?unit=claims'],
	['evidence', '/evidence'],
];
const KINDS = [
	['light', { viewport: { width: 1280, height: 860 }, colorScheme: 'light' }],
	['dark', { viewport: { width: 1280, height: 860 }, colorScheme: 'dark' }],
	['phone', { viewport: { width: 390, height: 844 }, colorScheme: 'light' }],
];

test('the pictures are taken', async () => {
	const server = await serve(demoStore());
	const first = await visitor(server);
	await setUp(first, { shown: 'Åsa Lindqvist', name: 'asa' });
	const storageState = await first.storageState();
	fs.mkdirSync(folder, { recursive: true });
	for (const [kind, options] of KINDS) {
		const context = await visitor(server, { ...options, storageState });
		const page = await context.newPage();
		for (const [name, address] of PAGES) {
			if (kind !== 'light' && !['overview', 'category'].includes(name)) continue;
			await page.goto(address);
			await page.evaluate(() => document.fonts.ready);
			await page.screenshot({ path: path.join(folder, `${name}-${kind}.png`) });
		}
		await context.close();
	}
});

run();
