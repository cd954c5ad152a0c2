'use strict';
// What people with other roles than the administrator's see: nothing is offered that is refused when it is taken.

const { test, run, nothing, equal, yes } = require('./lib/tap');
const { demoStore, serve } = require('./lib/server');
const { visitor, setUp, follow, enter } = require('./lib/browser');
const { everyPage } = require('./lib/crawl');

let server;
let admin;

const path = (page) => new URL(page.url()).pathname;

test('a one-time link signs in once', async () => {
	server = await serve(demoStore());
	admin = await visitor(server);
	await setUp(admin);
	const context = await visitor(server);
	const page = await follow(context, server, 'lead');
	await page.goBack();
	yes(path(page).startsWith('/sign-in/'), `the page before is ${path(page)}`);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('alert').waitFor();
	yes(context.take().length, 'the link worked twice');
	await page.goto('/');
	equal(path(page), '/', 'the first session goes on');
	await context.close();
});

for (const [role, unit] of [['assessor'], ['reader', 'retail'], ['respondent', 'retail']])
	test(`no link leads a${/^a/.test(role) ? 'n' : ''} ${role} to what is refused`, async () => {
		const context = await visitor(server);
		const page = await enter(context, server, role, unit);
		const found = await everyPage(context, server, { from: path(page), alike: 1, each: 1 });
		const refused = [];
		for (const { address, status, by } of found.dead)
			if ((await admin.request.get(address)).status() === 200) refused.push(`${address}: ${status}, linked from ${by}`);
		nothing(refused);
		yes(found.pages.length, 'it sees no page at all');
		if (role !== 'reader') return;
		for (const address of found.pages) {
			await page.goto(address);
			if (path(page).startsWith('/account')) continue;
			equal(await page.locator('main form[method=post]').count(), 0, `${address}: forms that write`);
		}
		await context.close();
	});

test('who may see one part of the organisation sees no other', async () => {
	const context = await visitor(server);
	const page = await enter(context, server, 'reader', 'technology');
	await page.goto('/units');
	const names = (await page.locator('tbody th').allTextContents()).join('\n');
	yes(names.includes('Technology'), `its own unit is not there: ${names}`);
	yes(!/Retail|Claims|Nordic/.test(names), `other units are shown: ${names}`);
	const answer = await page.goto('/?unit=retail');
	yes(answer.status() >= 400, `the overview of another unit: ${answer.status()}`);
	yes(!/Retail/.test(await page.locator('body').textContent()), 'the refusal names it');
	await context.close();
});

run();
