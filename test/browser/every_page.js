'use strict';
// Every page of the demo organisation, as its administrator sees it, in all themes, widths and preferences.

const { test, run, nothing, equal, yes } = require('./lib/tap');
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

test('every number of the overview leads to its reason, and none is named that there is not', async () => {
	await page.goto('/');
	const links = (selector) => page.locator(selector).evaluateAll((all) => all.map((e) => e.getAttribute('href')).join(' '));
	equal(await links('h1 a'), '#h-hm', 'from the index');
	equal(await links('.facts dd:not(.why) a'), '#h-hm #h-w /units #h-w /targets', 'from the floor, evidenced, known, at most and the targets');
	const means = await links('.hm tr.dom td:nth-of-type(1) a');
	equal(means.split(' ').length, 3, 'from the indexes of the domains');
	for (const mean of means.split(' '))
		equal(await page.locator(mean).count(), 1, `${mean} is there`);
	yes(/^The mean of [A-Z]{3} \d\.\d\d/.test(await page.locator('.hm tr.dom td a').first().getAttribute('title')), 'and say of what they are the mean');
	equal(await page.locator('.hm tbody tr:not(.dom) td.n:not(.x)').count(), await page.locator('.hm td.n:not(.x) a[href^="/category/"]').count(), 'from the index of every category');
	equal(await page.locator('.hm td.x a:not([href^="/compare?with_at="])').count(), 0, 'from every change');
	equal(await page.locator('.hero p a').getAttribute('href'), '#h-hm', 'from the counts');
	equal(await links('[aria-labelledby=h-f] header a'), '/evidence', 'from the feeds in trouble');
	// Not every category has a target: the whole has none.
	equal(await page.locator('.facts dt:text-is("Target") + dd').textContent(), '8 of 12', 'the target of the program');
	for (const chart of ['.hero svg', '.trend'])
		yes(!/target/.test(await page.locator(chart).first().getAttribute('aria-label')), `${chart} shows a target of the program`);
});

test('what expires next says what ends, and no two of it look the same', async () => {
	const list = page.locator('[aria-labelledby=h-e]');
	await list.locator('summary').click();
	const rows = await list.locator('li').allInnerTexts();
	yes(rows.length > 10, `only ${rows.length} are listed`);
	equal(new Set(rows).size, rows.length, 'rows that differ');
	for (const cause of await list.locator('li .d').allTextContents())
		yes(/^(The override ends\. )?(Feed|Source|Reviewed by|Attested by|Recorded by) ./.test(cause), `“${cause}” names no cause`);
	equal(await list.locator('li .d').count(), rows.length, 'causes');
});

test('what moved the index stands beside its date, and an empty cell is no promise', async () => {
	const apart = await page.locator('[aria-labelledby=h-m] .when').evaluateAll((all) =>
		all.filter((e) => e.getBoundingClientRect().height > 1.5 * parseFloat(getComputedStyle(e).lineHeight)).map((e) => e.textContent),
	);
	nothing(apart.map((text) => `${text}: on two lines`));
	const empty = page.locator('.hm a.cell:not(.may):not(.claim):not(.a1)').filter({ hasText: /attainment 0\s%/ });
	const white = await page.locator('.key .kc.may').evaluate((e) => getComputedStyle(e).backgroundColor);
	yes((await empty.count()) > 0, 'no cell is empty');
	for (const colour of await empty.evaluateAll((all) => all.map((e) => getComputedStyle(e).backgroundColor)))
		yes(colour !== white, 'an empty cell looks as a possible one');
	const band = page.locator('.trend .band');
	yes((await band.evaluate((e) => parseFloat(getComputedStyle(e).fillOpacity))) < 0.5, 'the range looks as what is known');
});

test('on paper the overview has three pages, and a category two', async () => {
	const pages = async (address) => {
		await page.goto(address);
		const paper = await page.pdf({ format: 'A4', printBackground: true });
		return paper.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
	};
	equal(await pages('/'), 3, 'pages of the overview');
	equal(await pages('/category/IAM'), 2, 'pages of a category');
});

test('the address has what a filter says and nothing more, and on the way back so has the form', async () => {
	await page.goto('/registers');
	const text = page.getByRole('textbox', { name: 'Name or any other text' });
	await text.fill('skade');
	await page.getByRole('button', { name: 'Filter' }).click();
	await page.waitForURL('/registers?text=skade');
	equal(await page.locator('tbody tr').count(), 1, 'systems');
	await page.goBack();
	await page.waitForURL('/registers');
	equal(await text.inputValue(), '', 'the text over the whole list');
	yes((await page.locator('tbody tr').count()) > 1, 'the list is still filtered');
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
