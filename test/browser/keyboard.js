'use strict';
// Every page of the demo organisation by keyboard alone: what can be used can be reached, and one sees where one is.

const { test, run, nothing, equal, yes } = require('./lib/tap');
const { demoStore, serve } = require('./lib/server');
const { visitor, setUp } = require('./lib/browser');
const { everyPage } = require('./lib/crawl');
const { WIDE, NARROW } = require('./lib/check');
const { walk } = require('./lib/walk');

let context;
let page;
let found;

test('the demo organisation can be walked through', async () => {
	const server = await serve(demoStore());
	context = await visitor(server);
	page = await setUp(context);
	found = await everyPage(context, server, { alike: 1, each: 1 });
});

test('Tab reaches all that can be used, and shows where it is', async () => {
	const wrong = [];
	for (const address of found.pages) {
		await page.goto(address);
		wrong.push(...(await walk(page)).map((text) => `${address}: ${text}`));
	}
	nothing([...wrong, ...context.take()]);
});

test('the first Tab offers to skip to the content', async () => {
	for (const address of found.pages) {
		await page.goto(address);
		await page.evaluate(() => document.activeElement.blur());
		await page.keyboard.press('Tab');
		yes(await page.locator('.skip:focus').isVisible(), `${address}: the first stop is not the skip link`);
		yes((await page.locator('.skip').boundingBox()).y >= 0, `${address}: the skip link is outside the window`);
		await page.keyboard.press('Enter');
		equal(await page.evaluate(() => document.activeElement.id), 'main', `${address}: after skipping the focus is on`);
		equal(new URL(page.url()).hash, '#main', `${address}: the address ends with`);
	}
});

// One opener: opens by Enter, is entered by Tab, closes by Escape, and has the focus back.
async function popover(address, opener) {
	const id = await opener.getAttribute('popovertarget');
	const open = () => page.evaluate((name) => document.getElementById(name).matches(':popover-open'), id);
	const inside = () => page.evaluate((name) => document.getElementById(name).contains(document.activeElement), id);
	await opener.focus();
	await page.keyboard.press('Enter');
	if (!(await open())) return [`${address}: #${id} is not opened by Enter`];
	const wrong = [];
	await page.keyboard.press('Tab');
	if (!(await inside())) wrong.push(`${address}: Tab does not lead into #${id}`);
	await page.keyboard.press('Escape');
	if (await open()) wrong.push(`${address}: #${id} is not closed by Escape`);
	const back = await page.evaluate(() => document.activeElement.getAttribute('popovertarget'));
	if (back !== id) wrong.push(`${address}: after #${id} the focus is not where it was`);
	return wrong;
}

test('menus open, are entered, close and give the focus back, wide and narrow', async () => {
	const wrong = [];
	for (const size of [WIDE, NARROW]) {
		await page.setViewportSize(size);
		for (const address of found.pages) {
			await page.goto(address);
			for (const opener of await page.locator('button[popovertarget]').all())
				if (await opener.isVisible()) wrong.push(...(await popover(address, opener)));
		}
	}
	await page.setViewportSize(WIDE);
	nothing(wrong);
});

test('arrows move between the cells of the heat map, and not out of it', async () => {
	await page.goto('/');
	const here = () => page.evaluate(() => document.activeElement.getAttribute('href'));
	await page.locator('.hm a.cell').first().focus();
	const path = [await here()];
	for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowUp', 'ArrowLeft']) {
		await page.keyboard.press(key);
		path.push(await here());
	}
	equal(new Set(path.slice(0, 4)).size, 4, 'cells on the way round');
	equal(path[4], path[0], 'after a round the focus is on');
	equal(path[6], path[0], 'at the corner the focus stays on');
});

test('single keys go to places, and not while one writes', async () => {
	await page.goto('/');
	await page.keyboard.press('g');
	await page.keyboard.press('u');
	await page.waitForURL('/units');
	await page.locator('button[popovertarget=pick-at]').click();
	await page.locator('#pick-at-day').focus();
	await page.keyboard.press('g');
	await page.keyboard.press('p');
	await page.waitForTimeout(300);
	equal(new URL(page.url()).pathname, '/units', 'the page while one writes');
});

run();
