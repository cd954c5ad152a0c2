'use strict';
// The application with JavaScript switched off: pages, links, menus and forms do what they do with it.

const { test, run, nothing, equal, yes } = require('./lib/tap');
const { demoStore, serve, sanitized } = require('./lib/server');
const { visitor, setUp, signIn } = require('./lib/browser');
const { everyPage } = require('./lib/crawl');

let server;
let context;
let page;

test('without script the first administrator can be set up', async () => {
	server = await serve(demoStore(), sanitized);
	context = await visitor(server, { javaScriptEnabled: false });
	page = await setUp(context);
	equal(await page.locator('h1').count(), 1, 'headings of the first page');
	nothing(context.take());
});

test('without script every page shows what it has', async () => {
	const found = await everyPage(context, server, { alike: 1, each: 2 });
	const wrong = [];
	for (const address of found.pages) {
		const answer = await page.goto(address);
		if (answer.status() !== 200) wrong.push(`${address}: ${answer.status()}`);
		if (!(await page.locator('h1').first().textContent()).trim()) wrong.push(`${address}: no heading`);
		for (const busy of await page.locator('main [aria-busy=true]').all())
			wrong.push(`${address}: ${await busy.evaluate((e) => e.tagName)} waits for a script`);
	}
	nothing([...wrong, ...context.take()]);
});

test('without script a link of the heat map leads to its rung', async () => {
	await page.goto('/');
	await page.locator('.hm a.cell[href="/category/IAM#level-2"]').click();
	await page.waitForURL('/category/IAM#level-2');
	yes(await page.locator('#level-2').isVisible(), 'the rung is not there');
});

test('without script the lens opens and its form works', async () => {
	await page.goto('/units');
	await page.locator('button[popovertarget=pick-at]').click();
	await page.locator('#pick-at-day').fill('2026-09-16');
	await page.locator('#pick-at').getByRole('button', { name: 'Show' }).click();
	await page.waitForURL(/\/units\?at=2026-09-16/);
	yes((await page.locator('[role=status], .note').first().textContent()).includes('16'), 'no notice of the date');
});

test('without script one signs out and in again', async () => {
	await page.goto('/category/IAM');
	await page.locator('button[popovertarget=bar-account]').click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.waitForURL(/\/sign-in/);
	await page.goto('/category/IAM?unit=retail');
	await page.waitForURL(/\/sign-in\?to=/);
	await signIn(page);
	await page.waitForURL('/category/IAM?unit=retail');
	nothing(context.take());
});

run();
