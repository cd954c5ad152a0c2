'use strict';
// A stranger with a browser: from an empty store to an explained score, and on to a target and a comparison.

const fs = require('fs');
const path = require('path');
const { test, run, nothing, equal, yes } = require('./lib/tap');
const { aismm, emptyStore, folder, serve } = require('./lib/server');
const { PASSWORD, visitor, setUp } = require('./lib/browser');

const heading = async (page) => (await page.locator('h1').first().textContent()).trim();
const state = (page) => page.locator('[data-state]').textContent();
const path_ = (page) => new URL(page.url()).pathname;
const score = () => JSON.parse(aismm(server.store, 'score', '--json'));

let server;
let context;
let page;

test('the first visit sets up the administrator, then asks which organisation it is', async () => {
	server = await serve(emptyStore());
	context = await visitor(server);
	page = await setUp(context);
	await page.waitForURL('/start');
	await page.getByLabel('Name of the organisation').fill('Alder Bank');
	await page.getByRole('button', { name: 'Begin with this organisation' }).click();
	await page.getByRole('heading', { name: 'Choose a way in' }).waitFor();
	for (const way of ['Start the interview', 'Import evidence', 'Look at the demo'])
		yes(await page.getByRole('link', { name: way }).isVisible(), `no way in called “${way}”`);
	nothing(context.take());
});

test('the demo is looked at apart, and left with one click', async () => {
	const before = aismm(server.store, 'unit', 'list', '--json');
	await page.getByRole('link', { name: 'Look at the demo' }).click();
	await page.waitForURL('/demo/');
	yes(/^At \d\.\d\d/.test(await heading(page)), `the demo says “${await heading(page)}”`);
	await page.getByRole('link', { name: /^IAM level 3 \S+: / }).click();
	await page.waitForURL('/demo/category/IAM#level-3');
	await page.locator('.nav a').filter({ hasText: 'Units' }).click();
	await page.waitForURL(/^[^?]*\/demo\/units/);
	yes((await page.locator('main').textContent()).includes('Halden Nordic'), 'the units of the demo are not there');
	equal(await page.locator('main form[method=post]').count(), 0, 'forms that write');
	yes(await page.getByRole('complementary', { name: 'Demo organisation' }).isVisible(), 'nothing says that it is the demo');
	await page.getByRole('link', { name: 'Leave the demo' }).click();
	await page.waitForURL('/start');
	yes((await page.locator('.lens').textContent()).includes('Alder Bank'), 'one does not come back to one’s own');
	equal(aismm(server.store, 'unit', 'list', '--json'), before, 'the own store');
	nothing(context.take());
});

test('the interview is answered by keyboard alone, and saves as one goes', async () => {
	await page.goto('/start');
	await page.getByRole('link', { name: 'Start the interview' }).focus();
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/assess\?run=diagnose/);
	await page.keyboard.press('j');
	await page.waitForURL(/\/assess\/GOV-02\.1/);
	// Met, with words; Ctrl and Enter save it.
	await page.keyboard.press('m');
	await page.keyboard.press('Tab');
	await page.keyboard.type('The attestations of the training');
	yes((await state(page)).startsWith('Kept in this browser'), `it says “${await state(page)}”`);
	await page.keyboard.press('Control+Enter');
	await page.waitForURL(/\/assess\/GOV-02\.2.*saved=/);
	yes((await page.getByRole('status').first().textContent()).includes('Saved at'), 'no receipt');
	// Counted; the next question saves it.
	await page.keyboard.press('c');
	equal(await page.evaluate(() => document.activeElement.id), 'a-yes', 'after C the focus');
	for (const count of ['7', '2', '1']) {
		await page.keyboard.type(count);
		await page.keyboard.press('Tab');
	}
	await page.locator('.counts .ct').getByText('7 yes + 2 no + 1 unknown = 10').waitFor();
	await page.evaluate(() => document.activeElement.blur());
	await page.keyboard.press('j');
	await page.waitForURL(/\/assess\/GOV-02\.3.*saved=/);
	// Not applicable needs its reason: nothing is sent without one.
	await page.keyboard.press('a');
	await page.keyboard.press('Control+Enter');
	equal(await page.evaluate(() => document.activeElement.id), 'a-because', 'the focus');
	await page.keyboard.type('The executive of the holding answers for it');
	await page.keyboard.press('Control+Enter');
	await page.waitForURL(/\/assess\/ORG-02\.1.*saved=/);
	// Skipped: nothing is saved, what was chosen is kept.
	await page.keyboard.press('n');
	await page.keyboard.press('s');
	await page.waitForURL(/\/assess\/ORG-02\.2/);
	yes((await page.locator('.queue li').filter({ hasText: 'ORG-02.1' }).textContent()).includes('not saved yet'), 'the queue does not tell');
	await page.keyboard.press('k');
	await page.waitForURL(/\/assess\/ORG-02\.1/);
	yes(await page.getByLabel('Not met').isChecked(), 'the choice is lost');
	yes((await state(page)).includes('is here again'), `it says “${await state(page)}”`);
	await page.keyboard.press('j');
	await page.waitForURL(/\/assess\/ORG-02\.2.*saved=/);
	const of = (id) => score().objectives.find((one) => one.id === id);
	equal(of('GOV-02.2').yes, 7, 'what was counted');
	equal(of('GOV-02.3').verdict, 'not_applicable', 'what does not apply');
	equal(of('ORG-02.1').no, 1, 'what was not met');
	yes((await page.locator('.queue').textContent()).includes('4 of'), 'the progress');
	nothing(context.take());
});

test('the interview goes on where it was left', async () => {
	await page.goto('/');
	await page.goto('/assess?run=diagnose');
	await page.getByRole('link', { name: 'Go on' }).click();
	await page.waitForURL(/\/assess\/ORG-02\.2/);
	nothing(context.take());
});

test('a file is imported: what it lacks is said without sending it again', async () => {
	const rows = Array.from({ length: 10 }, (_, i) => `p${i},organisation,Person ${i},true,${i < 8 ? '2026-10-01' : ''},2.1`);
	const file = path.join(folder(), 'people.csv');
	fs.writeFileSync(file, ['id,unit,name,active,policy_attested_at,policy_version', ...rows, ''].join('\n'));
	await page.goto('/start');
	await page.getByRole('link', { name: 'Import evidence' }).click();
	await page.getByLabel('Evidence files').setInputFiles(file);
	await page.getByRole('button', { name: 'Look at the files' }).click();
	await page.getByText('the file does not say when it was observed').waitFor();
	await page.getByLabel('Observed').fill('2026-11-19');
	await page.getByRole('button', { name: 'Look again' }).click();
	await page.getByRole('heading', { name: 'What these files would do' }).waitFor();
	await page.getByRole('button', { name: 'Import this file' }).click();
	await page.getByRole('heading', { name: 'Imported' }).waitFor();
	await page.getByRole('button', { name: 'Evaluate now' }).click();
	await page.getByText('ran on the evidence').waitFor();
	await page.getByRole('link', { name: 'See where the program stands' }).click();
	await page.waitForURL('/');
	nothing(context.take());
});

test('the level is seen, and explained down to the record that failed', async () => {
	const gov = score().categories.find((one) => one.id === 'GOV');
	equal(gov.level, 1, 'the level of GOV');
	await page.getByRole('link', { name: /^GOV level 2 \S+: / }).click();
	await page.waitForURL('/category/GOV#level-2');
	await page.locator('#level-2 a[href^="/objective/GOV-02.1"]').first().click();
	await page.waitForURL(/\/objective\/GOV-02\.1/);
	await page.getByText('Person 9', { exact: true }).waitFor();
	const text = (await page.locator('main').textContent()).replace(/\u00a0|\u2009/g, ' ');
	for (const wanted of ['8 yes', 'Person 8', 'Person 9', 'needs 90'])
		yes(text.includes(wanted), `the objective does not say “${wanted}”`);
	yes(!text.includes('Person 7'), 'who attested is among those who did not');
	nothing(context.take());
});

test('an answer is given on the objective itself, with evidence', async () => {
	const proof = path.join(folder(), 'tenants.txt');
	fs.writeFileSync(proof, 'Both tenants follow the baseline.\n');
	await page.goto('/objective/ORG-02.3?unit=organisation');
	await page.locator('form.answer input[value=met]').check();
	await page.getByLabel('How do you know?').fill('Exported and compared');
	await page.locator('form.answer input[type=file]').setInputFiles(proof);
	await page.getByRole('button', { name: 'Save answer' }).click();
	await page.waitForURL(/saved=/);
	yes((await page.locator('main').textContent()).includes('tenants.txt'), 'the evidence is not shown');
	nothing(context.take());
});

let second;

test('a second person is let in, and confirms the answer', async () => {
	await page.goto('/review');
	yes((await page.locator('main').textContent()).includes('This is your own answer'), 'an own answer can be confirmed');
	await page.getByRole('link', { name: 'Administration' }).first().click();
	await page.getByText('Add a person').click();
	await page.getByLabel('Name to sign in with').fill('bo');
	await page.getByLabel('Name that others see').fill('Bo Ek');
	await page.getByLabel('First role').selectOption('assessor');
	await page.locator('details[open]').getByRole('button').click();
	await page.waitForURL(/\/admin\/person\/bo/);
	await page.getByLabel('Your own password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Make a sign-in link' }).click();
	const link = await page.getByLabel('Sign-in link').inputValue();
	const other = await visitor(server);
	second = await other.newPage();
	await second.goto(link);
	await second.getByRole('button', { name: 'Sign in' }).click();
	await second.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
	await second.goto('/review');
	const card = second.locator('.reviews > li').filter({ hasText: 'ORG-02.3' });
	await card.getByRole('button', { name: 'Confirm' }).click();
	await second.getByText('and counts as evidenced').waitFor();
	equal(await second.locator('.reviews > li').filter({ hasText: 'ORG-02.3' }).count(), 0, 'it still waits');
	const told = JSON.parse(aismm(server.store, 'explain', 'ORG-02.3', '--unit', 'organisation', '--json'));
	yes(JSON.stringify(told).includes('"reviewed"'), 'it is not reviewed');
	nothing([...context.take(), ...other.take()]);
});

test('a target is set, with its reason, and stands in the map', async () => {
	await page.goto('/targets');
	await page.locator('tr').filter({ hasText: 'Governance' }).getByRole('link', { name: /^Set/ }).click();
	await page.waitForURL(/\/targets\/GOV/);
	await page.locator('input[name=level][value="3"]').check();
	await page.getByLabel('By', { exact: true }).fill('2027-06-30');
	await page.getByLabel('Why this level and not another').fill('The board asked for it');
	await page.getByRole('textbox', { name: 'Owner' }).fill('Ines Holm');
	await page.getByRole('button', { name: 'Set target' }).click();
	await page.waitForURL((url) => url.pathname === '/targets');
	yes((await page.locator('tr').filter({ hasText: 'Governance' }).textContent()).includes('The board asked for it'), 'the reason is not shown');
	await page.goto('/');
	yes(/target/i.test(await page.locator('.hm').innerHTML()), 'the map does not show the target');
	nothing(context.take());
});

test('two instants are compared by the lens, and the numbers are those of the command line', async () => {
	await page.goto('/');
	await page.locator('button[popovertarget=pick-vs]').click();
	await page.locator('#pick-vs-day').fill('2026-11-19');
	await page.locator('#pick-vs').getByRole('button').first().click();
	await page.waitForURL(/vs=2026-11-19/);
	const index = score().program.index;
	const shown = `${Math.trunc(index / 1000)}.${String(Math.trunc((index % 1000) / 10)).padStart(2, '0')}`;
	yes((await heading(page)).includes(shown), `the heading “${await heading(page)}” does not say ${shown}`);
	yes(await page.getByRole('heading', { name: 'What moved it' }).isVisible(), 'what moved it is not told');
	nothing(context.take());
});

test('a page that says nothing any more leads back to where one begins', async () => {
	await page.goto('/start');
	equal(await heading(page), 'Your program has begun.', 'the heading of the beginning');
	await page.goto('/demo/');
	await page.getByRole('link', { name: 'Leave the demo' }).click();
	await page.waitForURL('/');
	equal(path_(page), '/', 'who has begun goes on');
	nothing(context.take());
});

run();
