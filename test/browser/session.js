'use strict';
// A session that nobody uses: the page says so in time, and what is written is not lost.

const { test, run, nothing, equal, yes } = require('./lib/tap');
const { demoStore, serve } = require('./lib/server');
const { visitor, setUp, signIn } = require('./lib/browser');

const MINUTE = 60000;
const WORDS = 'Seen in the board minutes of 12 November.';
let server;
let context;
let page;

const toast = () => page.locator('.toast.session');

test('before a session ends unused the page warns, and one may stay', async () => {
	server = await serve(demoStore());
	context = await visitor(server);
	page = await setUp(context);
	await page.clock.install();
	await page.goto('/units');
	await page.clock.fastForward(20 * MINUTE);
	equal(await toast().count(), 0, 'warnings after 20 minutes');
	await page.clock.fastForward(6 * MINUTE);
	yes((await toast().textContent()).includes('signed out'), 'no warning after 26 minutes');
	await page.getByRole('button', { name: 'Stay signed in' }).click();
	await toast().waitFor({ state: 'detached' });
	await page.clock.fastForward(20 * MINUTE);
	equal(await toast().count(), 0, 'warnings after one stayed');
	nothing(context.take());
});

test('who writes uses the session', async () => {
	await page.goto('/objective/GOV-02.1');
	for (let i = 0; i < 3; i++) {
		await page.clock.fastForward(20 * MINUTE);
		await page.locator('textarea[name=because]').first().pressSequentially('Seen. ');
		await page.clock.fastForward(MINUTE);
	}
	equal(await toast().count(), 0, 'warnings while one writes');
	nothing(context.take());
});

test('a form that is sent after the end is kept until one has signed in', async () => {
	await page.goto('/objective/GOV-02.1');
	await page.locator('form.answer input[name=answer][value=met]').first().check();
	await page.locator('textarea[name=because]').first().fill(WORDS);
	await page.clock.fastForward(31 * MINUTE);
	yes((await toast().textContent()).includes('nothing is lost'), 'the page does not say that the session is over');
	await context.clearCookies();
	await page.locator('form.answer button.go').first().click();
	await page.getByText('Your session is over').waitFor();
	await signIn(page);
	await page.getByRole('button', { name: 'Save it now' }).click();
	await page.goto('/objective/GOV-02.1');
	yes((await page.content()).includes(WORDS), 'the words are lost');
	context.take(); // the 401 that asks to sign in
});

test('a password can be shown while it is typed', async () => {
	await context.clearCookies();
	await page.goto('/sign-in');
	const field = page.getByLabel('Password');
	await field.fill('a long walk');
	await page.getByRole('button', { name: 'Show what is typed' }).click();
	equal(await field.getAttribute('type'), 'text', 'type of the field');
	await page.getByRole('button', { name: 'Hide what is typed' }).click();
	equal(await field.getAttribute('type'), 'password', 'type of the field');
	nothing(context.take());
});

run();
