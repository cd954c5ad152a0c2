'use strict';
// Stories about units: an organisation is built in the browser, the map is opened, two sides are compared, a sum is
// checked.

const { test, run, nothing, equal, yes } = require('./lib/tap');
const { emptyStore, demoStore, serve, sanitized } = require('./lib/server');
const { visitor, setUp } = require('./lib/browser');

const heading = async (page) => (await page.locator('h1').textContent()).trim();
const at = (page) => page.url().replace(/^https?:\/\/[^/]+/, '');
const receipt = async (page) => (await page.locator('.receipt').textContent()).trim();

// ---- from nothing ----

let server;
let context;
let page;
const shop = 'Web-Shop <b>„Öl & Gas“</b> 保险';

async function add(name, below) {
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel('Stands below').selectOption({ label: below });
	await page.getByRole('button', { name: 'Add unit' }).click();
	await page.waitForURL(/\/units\/tree\?done=added/);
}

test('an administrator builds an organisation without a file', async () => {
	server = await serve(emptyStore(), sanitized);
	context = await visitor(server);
	page = await setUp(context);
	await page.getByLabel('Name of the organisation').fill('Halden');
	await page.getByRole('button', { name: 'Begin with this organisation' }).click();
	await page.getByRole('link', { name: 'Add the units below it' }).click();
	await page.waitForURL('/units/tree');
	yes(await page.getByLabel('As long as the tree that it changes').isChecked(), 'nothing is known, so it is a correction');
	await add(shop, 'Halden');
	yes((await receipt(page)).startsWith(`Added ${shop} to the tree`), `the receipt is “${await receipt(page)}”`);
	await add('Stores', 'Halden');
	await page.getByRole('link', { name: 'Add below Stores' }).click();
	await page.getByLabel('Name', { exact: true }).fill('Store 1');
	await page.getByRole('button', { name: 'Add unit' }).click();
	await page.waitForURL(/done=added&of=Store%201/);
	equal(await page.locator('.tb tbody tr').count(), 4, 'units');
	nothing(context.take());
});

test('a refused unit says so at its field, and what was typed is kept', async () => {
	await page.goto('/units/tree');
	await page.getByLabel('Name', { exact: true }).fill(shop);
	await page.getByLabel('Size').fill('many');
	await page.getByRole('button', { name: 'Add unit' }).click();
	await page.locator('#u-size[aria-invalid=true]').waitFor();
	equal(await page.getByLabel('Name', { exact: true }).inputValue(), shop, 'the name');
	equal(await page.getByLabel('Size').inputValue(), 'many', 'the size');
	const wrong = context.take();
	yes(wrong.length && wrong.every((text) => text.includes('400')), `a refusal is a 400: ${wrong}`);
});

test('a unit is moved, removed and brought back', async () => {
	await page.goto('/units/tree');
	await page.getByRole('link', { name: 'Store 1', exact: true }).click();
	await page.getByLabel('Stands below').selectOption({ label: shop });
	await page.getByRole('button', { name: 'Save unit' }).click();
	await page.waitForURL(/done=saved/);
	await page.getByRole('link', { name: shop, exact: true }).click();
	yes((await page.locator('main').textContent()).includes('1 unit below goes with it'), 'what goes with it is not said');
	await page.getByRole('button', { name: 'Remove unit' }).click();
	await page.waitForURL(/done=removed/);
	equal(await page.locator('.tb tbody tr').count(), 2, 'units');
	await page.getByRole('button', { name: 'Undo' }).click();
	await page.waitForURL(/done=restored/);
	equal(await page.locator('.tb tbody tr').count(), 4, 'units');
	await page.getByRole('link', { name: 'History' }).click();
	yes((await page.locator('.tb tbody tr').count()) >= 6, 'each change is a tree of its own');
	nothing(context.take());
});

test('a file of units is looked at first, and imported then', async () => {
	await page.goto('/units/import');
	const csv = 'unit,parent,name\nhalden,,Halden\nnew,halden,<script>alert(1)</script>\n';
	await page.locator('#f-file').setInputFiles({ name: 'units.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
	await page.getByRole('button', { name: 'Look at the file' }).click();
	await page.getByRole('heading', { name: 'What this file would do' }).waitFor();
	yes((await page.locator('main').textContent()).includes('Added'), 'what is added is not told');
	await page.getByRole('button', { name: 'Import this tree' }).click();
	await page.getByRole('heading', { name: 'Imported' }).waitFor();
	await page.getByRole('link', { name: 'To the tree' }).click();
	equal(await page.locator('.tb tbody tr').count(), 2, 'units');
	await page.goto('/units/import');
	await page.locator('#f-file').setInputFiles({ name: 'units.csv', mimeType: 'text/csv', buffer: Buffer.from('unit,parent\na,b\n') });
	await page.getByRole('button', { name: 'Look at the file' }).click();
	await page.getByRole('heading', { name: 'Not imported' }).waitFor();
	yes((await page.locator('main').textContent()).includes('units.csv:2'), 'the place is not told');
	nothing(context.take());
	await server.stop();
});

// ---- in the demo organisation ----

test('the map opens and shuts a unit in place, keeps the focus, and is a link', async () => {
	server = await serve(demoStore(), sanitized);
	context = await visitor(server);
	page = await setUp(context);
	await page.goto('/units');
	const toggle = page.getByRole('link', { name: 'Units below Retail Insurance' });
	const claims = page.locator('.um').getByRole('link', { name: 'Claims', exact: true });
	yes(await claims.isVisible(), 'a small map is not open');
	await page.evaluate(() => (window.same = true));
	await toggle.focus();
	await page.keyboard.press('Enter');
	await page.waitForURL('/units?shut=retail');
	equal(await claims.count(), 0, 'units of a shut one');
	yes(await page.evaluate(() => window.same), 'the whole page was loaded');
	yes(await page.evaluate(() => document.activeElement.matches('.tw-t[aria-expanded=false]')), 'the focus is lost');
	await page.reload();
	equal(await claims.count(), 0, 'units of a shut one');
	await toggle.click();
	await page.waitForURL('/units?open=retail');
	await page.goBack();
	await page.waitForURL('/units?shut=retail');
	nothing(context.take());
});

test('without script the map opens and shuts as well', async () => {
	const plain = await visitor(server, { javaScriptEnabled: false, storageState: await context.storageState() });
	const still = await plain.newPage();
	await still.goto('/units?shut=retail');
	await still.getByRole('link', { name: 'Units below Retail Insurance' }).click();
	await still.waitForURL('/units?open=retail');
	yes(await still.locator('.um').getByRole('link', { name: 'Claims', exact: true }).isVisible(), 'it is not open');
	await plain.close();
});

test('two units are compared, and a tally leads to its objective at its unit', async () => {
	await page.goto('/units');
	await page.getByRole('link', { name: 'Compare' }).click();
	await page.getByLabel('Unit').nth(0).selectOption('nordic');
	await page.getByLabel('Unit').nth(1).selectOption('retail');
	await page.getByRole('button', { name: 'Compare' }).click();
	await page.waitForURL(/\/compare\?.*with=retail/);
	yes(/stands \d\.\d\d (above|below)/.test(await page.locator('.lead').first().textContent()), 'the difference is not told');
	equal(await page.locator('.sided').first().locator('tbody tr').count(), 13, 'twelve categories and the program');
	await page.getByRole('link', { name: 'Turn round' }).click();
	await page.waitForURL(/unit=retail&.*with=nordic|with=nordic.*/);
	await page.locator('.sided').nth(1).locator('tbody tr').first().locator('a').nth(1).click();
	await page.waitForURL(/\/objective\/.*unit=nordic/);
	nothing(context.take());
});

test('a sum of units can be checked row by row', async () => {
	await page.goto('/objective/GOV-02.1');
	await page.getByRole('link', { name: 'Check the sum' }).click();
	await page.waitForURL('/units/roll-up?objective=GOV-02.1');
	const table = await page.locator('.tb tbody tr').evaluateAll((rows) =>
		rows.filter((row) => !row.querySelector('th.ind1')).map((row) => [1, 2, 3].map((i) => Number(row.cells[i].textContent.replace(/\D/g, '') || 0)))
	);
	const total = table.pop();
	for (const i of [0, 1, 2]) equal(table.reduce((sum, row) => sum + row[i], 0), total[i], `column ${i}`);
	yes(total[0] > 0, 'nothing is known');
	nothing(context.take());
	yes(at(page) === '/units/roll-up?objective=GOV-02.1' && /^How GOV-02.1 adds up/.test(await heading(page)), 'the heading');
	await server.stop();
});

run();
