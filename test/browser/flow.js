'use strict';
// Stories of people in a browser, from the first visit on.

const { test, run, nothing, equal, yes } = require('./lib/tap');
const { aismm, emptyStore, demoStore, serve, sanitized } = require('./lib/server');
const { visitor, setUp, signIn } = require('./lib/browser');

const heading = async (page) => (await page.locator('h1').textContent()).trim();
const at = (page) => page.url().replace(/^https?:\/\/[^/]+/, '');

async function signOut(page) {
	await page.locator('button[popovertarget=bar-account]').click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.waitForURL(/\/sign-in/);
}

// ---- from nothing ----

let empty;
let first;

test('the first visit of an empty store sets up the administrator, and shows the ways in', async () => {
	empty = await serve(emptyStore(), sanitized);
	const context = await visitor(empty);
	first = await context.newPage();
	await first.goto('/category/IAM');
	await first.waitForURL('/welcome');
	equal(await heading(first), 'Welcome', 'the heading');
	await first.close();
	first = await setUp(context);
	await first.waitForURL('/start');
	yes(await first.getByLabel('Name of the organisation').isVisible(), 'the first question is not there');
	nothing(context.take());
});

test('a password that is too short is refused, with what was written still there', async () => {
	const other = await serve(emptyStore(), sanitized);
	const context = await visitor(other);
	const page = await context.newPage();
	await page.goto('/welcome');
	await page.getByLabel('Your name').fill('Åsa Lindqvist');
	await page.getByLabel('Name to sign in with').fill('asa');
	await page.getByLabel('Password').fill('too short');
	await page.getByRole('button', { name: 'Set up' }).click();
	yes(await page.locator('input:invalid').count(), 'the browser does not hold it back');
	// A browser without that check.
	await page.evaluate(() => (document.querySelector('main form').noValidate = true));
	await page.getByRole('button', { name: 'Set up' }).click();
	await page.getByRole('alert').waitFor();
	equal(await page.getByLabel('Your name').inputValue(), 'Åsa Lindqvist', 'the name');
	equal(await page.getByLabel('Password').inputValue(), '', 'the password');
	await context.close();
	await other.stop();
});

test('the overview of nothing says what to do next', async () => {
	await first.goto('/');
	yes((await first.locator('main').textContent()).includes('Nothing is known yet'), 'it does not say so');
	equal(await first.locator('main a.btn').count(), 1, 'next acts');
	await first.goto('/units');
	yes((await first.locator('main').textContent()).includes('No unit is known yet'), 'the units do not say so');
});

test('who signs out is out: no page, no back button, and the way back after signing in', async () => {
	const context = first.context();
	await first.goto('/units');
	await signOut(first);
	await first.goBack();
	await first.waitForURL(/\/sign-in/);
	await first.goto('/units');
	await first.waitForURL('/sign-in?to=%2Funits');
	await signIn(first, 'nobody');
	await first.getByRole('alert').waitFor();
	const wrong = context.take();
	yes(wrong.length && wrong.every((text) => text.includes('401')), `a refusal is a 401: ${wrong}`);
	await signIn(first);
	await first.waitForURL('/units');
	nothing(context.take());
});

test('a session that ends while a form is filled in loses nothing', async () => {
	const context = first.context();
	const name = 'Halden “Öl & Gas” <1871> 保险';
	await first.goto('/start');
	await first.getByLabel('Name of the organisation').fill(name);
	await first.getByLabel('Self-hosted').check();
	await context.clearCookies();
	await first.getByRole('button', { name: 'Begin with this organisation' }).click();
	await first.getByText('Your session is over').waitFor();
	context.take();
	await signIn(first, 'ines');
	await first.getByText('Nothing has been saved yet').waitFor();
	await first.getByRole('button', { name: 'Save it now' }).click();
	await first.getByRole('heading', { name: 'Choose a way in' }).waitFor();
	const units = aismm(empty.store, 'unit', 'list', '--json');
	yes(units.includes(JSON.stringify(name)), `not saved as it was written: ${units}`);
	yes(units.includes('self_hosted'), `the choices are lost: ${units}`);
	nothing(context.take());
	await empty.stop();
});

// ---- in the demo organisation ----

let demo;
let page;

test('from the overview a cell of the heat map leads to its rung, and the back button back', async () => {
	demo = await serve(demoStore(), sanitized);
	page = await setUp(await visitor(demo));
	await page.goto('/');
	yes(/^At \d\.\d\d/.test(await heading(page)), `the sentence is “${await heading(page)}”`);
	const cell = page.getByRole('link', { name: /^IAM level 3 \S+: / });
	yes(await cell.isVisible(), 'the cell has no name');
	await cell.click();
	await page.waitForURL('/category/IAM#level-3');
	yes(/IAM/.test(await heading(page)), `the heading is “${await heading(page)}”`);
	await page.goBack();
	await page.waitForURL('/');
	await page.goForward();
	await page.waitForURL('/category/IAM#level-3');
});

test('the lens keeps its unit on every way, and each of its pages can be opened again', async () => {
	await page.goto('/category/IAM');
	await page.locator('button[popovertarget=pick-unit]').click();
	await page.locator('#pick-unit a').filter({ hasText: 'Retail' }).first().click();
	await page.waitForURL(/\/category\/IAM\?unit=retail/);
	await page.locator('.nav a').filter({ hasText: 'Program' }).click();
	await page.waitForURL('/?unit=retail');
	const [link, sentence] = [page.url(), await heading(page)];
	await page.locator('.nav a').filter({ hasText: 'Units' }).click();
	await page.waitForURL('/units?unit=retail');
	await page.goto(link);
	equal(await heading(page), sentence, 'the sentence of the same address');
});

test('what a page says is what the command line says', async () => {
	const score = JSON.parse(aismm(demo.store, 'score', '--json'));
	await page.goto('/');
	for (const category of score.categories) {
		const row = page.locator('.hm tbody tr').filter({ has: page.locator(`a[href="/category/${category.id}"]`) });
		const milli = category.index;
		const shown = `${Math.trunc(milli / 1000)}.${String(Math.trunc((milli % 1000) / 10)).padStart(2, '0')}`;
		equal((await row.locator('td.n.b').textContent()).trim(), shown, `the index of ${category.id}`);
	}
});

test('a past instant has its own numbers, a notice, and nothing that writes', async () => {
	await page.goto('/');
	const now = await heading(page);
	await page.locator('button[popovertarget=pick-at]').click();
	await page.getByLabel('Show the numbers as of').fill('2026-07-16');
	await page.locator('#pick-at').getByRole('button', { name: 'Show' }).click();
	await page.waitForURL(/\/\?at=2026-07-16/);
	yes((await page.getByRole('status').textContent()).includes('You see 16\u00a0Jul\u00a02026'), 'no notice');
	yes((await heading(page)) !== now, 'the sentence is the one of now');
	for (const tab of ['Program', 'Units']) {
		await page.locator('.nav a').filter({ hasText: tab }).click();
		yes(at(page).includes('at=2026-07-16'), `${tab} leads out of the past: ${at(page)}`);
		equal(await page.locator('main form[method=post]').count(), 0, `forms that write on ${tab}`);
	}
	await page.goBack();
	await page.goBack();
	await page.goBack();
	await page.waitForURL('/');
	equal(await heading(page), now, 'the sentence after going back');
	nothing(page.context().take());
});

test('a count that nobody made is not saved: C leads to its first field, and words are asked for', async () => {
	const address = '/assess/GOV-03.1?unit=halden';
	await page.goto(address);
	await page.keyboard.press('c');
	equal(await page.evaluate(() => document.activeElement.id), 'a-yes', 'after C the focus');
	await page.locator('#a-yes').fill('0');
	await page.locator('#a-no').fill('0');
	await page.locator('#a-because').fill('');
	await page.keyboard.press('Control+Enter');
	await page.waitForTimeout(300);
	equal(at(page), address, 'the page after Ctrl and Enter');
	equal(await page.evaluate(() => document.activeElement.id), 'a-because', 'the focus');
	await page.locator('#a-yes').fill('1');
	await page.locator('#a-yes').press('Control+Enter');
	await page.waitForURL(/saved=/);
	nothing(page.context().take());
});

test('an address that says nothing sensible is answered with a page that says so', async () => {
	const context = page.context();
	const wrong = ['/nowhere', '/category/NOPE', '/?unit=nowhere', '/?at=yesterday', '/?dep=cloud', '/units?unit=%00'];
	for (const address of wrong) {
		const answer = await page.goto(address);
		yes(answer.status() >= 400 && answer.status() < 500, `${address}: ${answer.status()}`);
		equal(await page.locator('h1').count(), 1, `${address}: headings`);
		equal(await page.getByRole('alert').count(), 1, `${address}: alerts`);
	}
	context.take();
});

run();
