'use strict';
// Every page of the demo organisation, as its administrator sees it, in all themes, widths and preferences.

const { test, run, nothing } = require('./lib/tap');
const { demoStore, serve } = require('./lib/server');
const { visitor, setUp } = require('./lib/browser');
const { everyPage, routes } = require('./lib/crawl');
const { everything, fits, WIDE, NARROW } = require('./lib/check');

// Reached otherwise than by a link of a page: while there is no session or no unit, by an address that somebody was given,
// or because it is a part that a page fetches.
// Set-up and signing in, parts of a page that only a script asks for, and what stands behind a form.
const unlinked = /^\/(welcome|start|sign-in|asset)|\/(presence|tally|progress|verify)$|^\/(evidence|units)\/import\/{}$/;

let context;
let page;
let found;

test('the demo organisation can be walked through', async () => {
	const server = await serve(demoStore());
	context = await visitor(server);
	page = await setUp(context);
	found = await everyPage(context, server, { each: 2 });
	nothing(context.take());
});

test('every link leads somewhere', async () => {
	nothing(found.dead.map(({ address, status, by }) => `${address}: ${status}, linked from ${by}`));
});

test('every page of the route table is linked from another one', async () => {
	const missing = routes().filter((one) => one.page && !unlinked.test(one.pattern) && !found.patterns.has(one.pattern));
	nothing(missing.map((one) => one.pattern));
});

test('every page is sound in light and dark, wide, narrow, zoomed, still, on paper and in forced colours', async () => {
	const wrong = [];
	for (const address of found.pages) wrong.push(...(await everything(page, address)));
	for (const address of found.again) wrong.push(...(await everything(page, address, { content: true })));
	nothing([...wrong, ...context.take()]);
});

test('the ways in, the demo and a question that was begun are sound too', async () => {
	const wrong = [];
	for (const address of ['/start', '/demo/', '/demo/category/IAM', '/demo/objective/IAM-02.3?unit=nordic']) wrong.push(...(await everything(page, address)));
	await page.goto('/assess/GOV-03.1?unit=halden');
	await page.getByLabel('How do you know?').fill('Begun');
	wrong.push(...(await everything(page, '/assess/GOV-03.1?unit=halden')));
	await page.getByRole('button', { name: 'Discard it' }).click();
	nothing([...wrong, ...context.take()]);
});

test('every document opens without a complaint, and is no wider than the window', async () => {
	const wrong = [];
	for (const address of found.documents)
		for (const size of [WIDE, NARROW]) {
			await page.setViewportSize(size);
			await page.goto(address);
			wrong.push(...(await fits(page)).map((text) => `${address}: ${text}`));
		}
	nothing([...wrong, ...context.take()]);
});

run();
