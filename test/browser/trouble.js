'use strict';
// What goes wrong while people work: two at once, sessions that end, servers that stop, lines that are slow. Nothing that
// was written is lost, nothing is recorded twice, and nobody overwrites anybody.

const { test, run, nothing, equal, yes } = require('./lib/tap');
const { aismm, demoStore, serve, sanitized } = require('./lib/server');
const { visitor, setUp, signIn, enter } = require('./lib/browser');

const QUESTION = '/assess/GOV-03.1?unit=halden&of=halden';
const WORDS = 'Minutes of all four quarters, “signed” <by> Åsa 保险';

const because = (page) => page.getByLabel('How do you know?');
const says = (page, text) => page.locator('[data-state]').filter({ hasText: text }).waitFor();
const port = () => Number(new URL(server.origin).port);
const saved = (page) => page.waitForURL(/[?&]saved=\d+/);
// The number under which an answer was recorded, as its receipt says.
const number = (address) => /[?&]saved=(\d+)/.exec(address)[1];

let server;
let context;
let page;

// What the browser says about a server that is away, or refuses, is no mistake here.
function forgive(one, ...allowed) {
	nothing(one.take().filter((text) => !allowed.some((pattern) => pattern.test(text))));
}

test('the program is served', async () => {
	server = await serve(demoStore(), sanitized);
	context = await visitor(server);
	page = await setUp(context);
	nothing(context.take());
});

test('the form of the first visit, sent again by a browser that kept it, replaces no organisation', async () => {
	const csrf = await page.locator('meta[name=csrf]').getAttribute('content');
	const before = aismm(server.store, 'unit', 'list', '--json');
	const again = await page.request.post('/start', { form: { organisation: 'Another', csrf }, headers: { origin: server.origin } });
	equal(again.status(), 409, 'the answer');
	equal(aismm(server.store, 'unit', 'list', '--json'), before, 'the units');
	context.take();
});

test('what was typed is there again after a reload, and in a new tab', async () => {
	await page.goto(QUESTION);
	await because(page).fill(WORDS);
	await says(page, 'Kept in this browser');
	await page.reload();
	await says(page, 'is here again');
	equal(await because(page).inputValue(), WORDS, 'the words');
	await page.close();
	page = await context.newPage();
	await page.goto(QUESTION);
	equal(await because(page).inputValue(), WORDS, 'the words in a new tab');
	await page.goto('/assess?unit=halden');
	await page.goto(QUESTION);
	await page.getByRole('button', { name: 'Discard it' }).click();
	await says(page, /^(Saved|Not answered)/);
	yes((await because(page).inputValue()) !== WORDS, 'what was discarded is still there');
	nothing(context.take());
});

test('two at one question see each other, and both answers are kept', async () => {
	const other = await visitor(server);
	const second = await enter(other, server, 'assessor');
	await page.goto(QUESTION);
	await second.goto(QUESTION);
	await second.getByText('has this open too').waitFor();
	await page.locator('.here-too').getByText('The assessor').waitFor({ timeout: 60000 }); // the page asks from time to time
	await page.locator('input[value=met]').check();
	await because(page).fill('First');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await saved(page);
	await second.locator('input[value=not]').check();
	await because(second).fill('Second');
	await second.getByRole('button', { name: 'Save', exact: true }).click();
	await second.getByRole('heading', { level: 1 }).filter({ hasText: /answer/i }).waitFor();
	for (const words of ['First', 'Second'])
		yes((await second.locator('main').textContent()).includes(words), `“${words}” is not shown`);
	await second.getByRole('button', { name: 'Mine counts' }).click();
	await saved(second);
	await page.goto(QUESTION);
	equal(await because(page).inputValue(), 'Second', 'what counts');
	await second.getByRole('button', { name: 'Undo' }).click();
	await second.waitForURL(/undone=1/);
	await page.goto(QUESTION);
	equal(await because(page).inputValue(), 'First', 'what counts when the second is taken back');
	forgive(other, /409/);
	await other.close();
	nothing(context.take());
});

test('a draft that was begun before somebody else answered does not overwrite that', async () => {
	const other = await visitor(server);
	const second = await enter(other, server, 'lead');
	await page.goto('/assess/GOV-03.2?unit=claims&of=halden');
	await page.locator('input[value=met]').check();
	await because(page).fill('My draft');
	await page.goto('/');
	await second.goto('/assess/GOV-03.2?unit=claims&of=halden');
	await second.locator('input[value=not]').check();
	await because(second).fill('In between');
	await second.getByRole('button', { name: 'Save', exact: true }).click();
	await saved(second);
	await page.goto('/assess/GOV-03.2?unit=claims&of=halden');
	equal(await because(page).inputValue(), 'My draft', 'the draft');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.getByRole('button', { name: 'Theirs counts' }).waitFor();
	yes((await page.locator('main').textContent()).includes('In between'), 'the other answer is not shown');
	await page.getByRole('button', { name: 'Theirs counts' }).click();
	await saved(page);
	await page.goto('/assess/GOV-03.2?unit=claims&of=halden');
	equal(await because(page).inputValue(), 'In between', 'what counts');
	forgive(context, /409/);
	nothing(other.take());
	await other.close();
});

test('a session that ends in the middle of an answer loses nothing', async () => {
	await page.goto('/assess/IAM-03.1?unit=claims&of=halden');
	await page.locator('input[value=not]').check();
	await because(page).fill(WORDS);
	await context.clearCookies();
	await page.keyboard.press('Control+Enter');
	await page.getByText('Your session is over').waitFor();
	await signIn(page);
	await page.getByText('Nothing has been saved yet').waitFor();
	await page.getByRole('button', { name: 'Save it now' }).click();
	await saved(page);
	await page.goto('/assess/IAM-03.1?unit=claims&of=halden');
	equal(await because(page).inputValue(), WORDS, 'what was saved');
	await says(page, 'Saved on');
	forgive(context, /401/);
});

test('what one person wrote is not shown to the next one in the same browser', async () => {
	await page.goto('/assess/IAM-03.2?unit=claims&of=halden');
	await because(page).fill('Only mine');
	await context.clearCookies();
	const second = await enter(context, server, 'assessor', 'claims');
	await second.goto('/assess/IAM-03.2?unit=claims&of=claims');
	yes((await because(second).inputValue()) !== 'Only mine', 'the words of another person are in the form');
	await second.close();
	await context.clearCookies();
	await page.goto('/sign-in?to=/assess');
	await signIn(page);
	await page.waitForURL('/assess');
	await page.goto('/assess/IAM-03.2?unit=claims&of=halden');
	equal(await because(page).inputValue(), 'Only mine', 'the words of the first person');
	await page.getByRole('button', { name: 'Discard it' }).click();
	await says(page, /^(Saved|Not answered)/);
	nothing(context.take());
});

test('a server that is restarted in mid-edit is waited for, and then has it', async () => {
	await page.goto('/assess/MON-02.2?unit=claims&of=halden');
	await page.locator('input[value=not]').check();
	await because(page).fill(WORDS);
	await server.stop();
	await page.keyboard.press('Control+Enter');
	await says(page, 'the server cannot be reached');
	equal(await because(page).inputValue(), WORDS, 'the words while it is away');
	server = await serve(server.store, sanitized, port());
	await saved(page);
	await page.goto('/assess/MON-02.2?unit=claims&of=halden');
	equal(await because(page).inputValue(), WORDS, 'what was saved');
	forgive(context, /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
});

test('a receipt that is lost on its way makes no second answer', async () => {
	await page.goto('/assess/MON-02.1?unit=claims&of=halden');
	await page.locator('input[value=not]').check();
	await because(page).fill('Sent twice');
	let sent = 0;
	let receipt;
	await page.route('**/answer', async (route) => {
		if (sent++) return route.continue();
		receipt = (await route.fetch({ maxRedirects: 0 })).headers().location;
		return route.abort('connectionreset');
	});
	await page.keyboard.press('Control+Enter');
	await saved(page);
	await page.unroute('**/answer');
	equal(sent, 2, 'how often it was sent');
	equal(number(page.url()), number(receipt), 'the number of the answer');
	await page.goto('/assess/MON-02.1?unit=claims&of=halden');
	equal(await because(page).inputValue(), 'Sent twice', 'what was saved');
	forgive(context, /ERR_CONNECTION_RESET/);
});

test('an answer that is refused says why beside its form, and can be mended', async () => {
	await page.goto('/assess/MON-03.1?unit=claims&of=halden');
	await page.locator('input[value=not]').check();
	await because(page).fill('Refused at first');
	await page.getByText('When it was seen').click();
	await page.getByLabel('Observed on').fill('2030-01-01');
	await page.keyboard.press('Control+Enter');
	await page.locator('[data-refused]').filter({ hasText: 'lies in the future' }).waitFor();
	equal(await because(page).inputValue(), 'Refused at first', 'the words');
	await page.getByLabel('Observed on').fill('2026-11-19');
	await page.keyboard.press('Control+Enter');
	await saved(page);
	forgive(context, /400/);
});

test('on a slow line the page can be used, and nothing is sent twice', async () => {
	const line = await context.newCDPSession(page);
	await line.send('Network.enable');
	await line.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 40000, uploadThroughput: 20000 });
	await page.goto('/assess/APP-02.1?unit=claims&of=halden', { waitUntil: 'commit' });
	await page.locator('input[value=not]').check();
	await because(page).fill('Slowly');
	let sent = 0;
	const count = (request) => (sent += request.method() === 'POST' ? 1 : 0);
	page.on('request', count);
	const save = page.getByRole('button', { name: 'Save', exact: true });
	await save.dblclick();
	await page.keyboard.press('Control+Enter');
	await saved(page);
	equal(sent, 1, 'how often the answer was sent');
	// A form without script's help, but for the one that holds it back.
	sent = 0;
	await page.goto('/objective/APP-02.1?unit=claims');
	await page.getByLabel('Comment').fill('Said once');
	await page.getByRole('button', { name: 'Add comment' }).dblclick();
	await page.getByText('Said once').waitFor();
	equal(sent, 1, 'how often the comment was sent');
	page.off('request', count);
	await line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
	equal((await page.locator('.talk li').filter({ hasText: 'Said once' }).count()), 1, 'comments');
	nothing(context.take());
});

test('the back button shows what is saved, and filters as they were', async () => {
	await page.goto('/assess/APP-02.2?unit=claims&of=halden');
	await page.locator('input[value=not]').check();
	await because(page).fill('Before');
	await page.keyboard.press('Control+Enter');
	await saved(page);
	await page.goBack();
	await says(page, 'Saved on');
	equal(await because(page).inputValue(), 'Before', 'after going back');
	// Saved again from there: it is an answer over the one that is shown, and no conflict.
	await because(page).fill('After');
	await page.keyboard.press('Control+Enter');
	await saved(page);
	// What htmx swapped is no page of its own: the offender that was looked at is left by one step back.
	await page.goto('/objective/IAM-02.3');
	const filter = page.locator('#offenders input[type=text], #offenders input[type=search]').first();
	await filter.waitFor();
	// What htmx put there listens once it has settled.
	await page.waitForFunction(() => !document.querySelector('.htmx-added, .htmx-settling'));
	await filter.fill('nordic');
	await page.locator('#offenders tbody tr').filter({ hasNotText: 'Nordic' }).first().waitFor({ state: 'detached' });
	const first = await page.locator('#offenders tbody a').first().getAttribute('href');
	await page.locator('#offenders tbody a').first().click();
	await page.waitForURL((url) => url.pathname === new URL(first, server.origin).pathname);
	await page.goBack();
	await page.waitForURL('/objective/IAM-02.3');
	await page.locator('#offenders tbody tr').first().waitFor();
	nothing(context.take());
});

test('who signs out is told what is not saved, and the browser forgets it', async () => {
	await page.goto('/assess/APP-02.3?unit=claims&of=halden');
	await because(page).fill('Not yet');
	await page.goto('/');
	await page.locator('button[popovertarget=bar-account]').click();
	yes((await page.locator('#bar-account').textContent()).includes('One answer is written and not saved'), 'it is not told');
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.waitForURL(/\/sign-in/);
	equal(await page.evaluate(() => localStorage.length), 0, 'what the browser keeps');
	nothing(context.take());
});

run();
