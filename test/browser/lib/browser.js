'use strict';
// Debian's Chromium, and pages of it that remember what went wrong on them.

const path = require('path');
const { top, aismm } = require('./server');
const { after } = require('./tap');

const modules = path.join(top, 'build/browser/node_modules');
const { chromium } = require(path.join(modules, 'playwright-core'));
const axe = require.resolve(path.join(modules, 'axe-core'));

const PASSWORD = 'a long walk along the harbour';
const WAIT = 20000;

let started;
async function browser() {
	if (!started) {
		started = await chromium.launch({
			executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
			args: [
				...(process.getuid() === 0 ? ['--no-sandbox'] : []),
				'--disable-gpu',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--no-first-run',
				'--font-render-hinting=none',
			],
		});
		after(() => started.close());
	}
	return started;
}

// What a page must never do is written into its context's `wrong`: an error or warning on the console (the policy
// reports there, too), a request that fails or is refused, a request to another host. take() returns and empties it.
function watch(context, origin) {
	let wrong = [];
	const note = (page, text) => wrong.push(`${page ? page.url().replace(origin, '') : '?'}: ${text}`);
	context.on('console', (message) => {
		if (['error', 'warning'].includes(message.type())) note(message.page(), `console: ${message.text()}`);
	});
	context.on('weberror', (error) => note(error.page(), `script: ${error.error().message}`));
	context.on('dialog', (dialog) => {
		note(dialog.page(), `dialog: ${dialog.message()}`);
		dialog.dismiss();
	});
	context.on('requestfailed', (request) => {
		const why = request.failure();
		// A navigation that a newer one replaced, and one that became a download, are no failures.
		if (why && why.errorText !== 'net::ERR_ABORTED') note(null, `${request.url()}: ${why.errorText}`);
	});
	context.on('request', (request) => {
		if (new URL(request.url()).origin !== origin) note(null, `${request.url()}: another host`);
	});
	context.on('response', (response) => {
		if (response.status() >= 400) note(null, `${response.url()}: ${response.status()}`);
	});
	context.take = () => {
		const all = wrong;
		wrong = [];
		return all;
	};
}

// A visitor of a server: a browser context of its own. state: the cookies of another one.
async function visitor(server, options = {}) {
	const context = await (await browser()).newContext({
		baseURL: server.origin,
		viewport: { width: 1440, height: 900 },
		locale: 'en-GB',
		timezoneId: 'UTC',
		colorScheme: 'light',
		...options,
	});
	context.setDefaultTimeout(WAIT);
	watch(context, server.origin);
	return context;
}

// The first person of a store: through the page, as anybody would.
async function setUp(context, { shown = 'Ines Holm', name = 'ines' } = {}) {
	const page = await context.newPage();
	await page.goto('/');
	await page.getByLabel('Your name').fill(shown);
	await page.getByLabel('Name to sign in with').fill(name);
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Set up' }).click();
	await page.waitForURL((url) => url.pathname !== '/welcome');
	return page;
}

async function signIn(page, name = 'ines') {
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign in' }).click();
}

// Somebody with a role comes by a one-time link, which leads to where a password is set. unit: where the role holds;
// without it everywhere.
async function follow(context, server, role, unit) {
	const where = unit ? ['--unit', unit] : [];
	const name = `${role}.${unit || 'all'}`;
	aismm(server.store, 'user', 'add', name, '--shown', `The ${role}`, '--role', role, ...where);
	const page = await context.newPage();
	await page.goto(aismm(server.store, 'user', 'link', name).trim());
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL('/account');
	return page;
}

// The same, and sets one.
async function enter(context, server, role, unit) {
	const page = await follow(context, server, role, unit);
	await page.getByLabel('New password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Set password' }).click();
	await page.waitForURL('/account?done=password');
	await page.goto('/');
	return page;
}

module.exports = { axe, PASSWORD, visitor, setUp, signIn, follow, enter };
