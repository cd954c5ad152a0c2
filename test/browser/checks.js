'use strict';
// The checks themselves: each finds what it is for, on pages made for it, and nothing on a good one.

const { test, run, equal, yes } = require('./lib/tap');
const { visitor } = require('./lib/browser');
const { documentOf, accessible, fits, still, edged, NARROW } = require('./lib/check');
const { walk } = require('./lib/walk');

const GOOD = `<!doctype html><html lang="en"><head><title>Good · aismm</title><meta name="viewport"
	content="width=device-width"></head><body><p><a href="#main">Skip</a></p><header><nav aria-label="Main"><p><a href="/">One</a></p>
	<p><a href="/two">Two</a></p><p><a href="/three">Three</a></p></nav></header><main id="main" tabindex="-1"><h1>Good</h1>
	<p class="text">Text</p></main><footer>End</footer></body></html>`;

const TEXT = '<p class="text">';

let page;

// The complaints about the good page when `from` is replaced by `to`.
async function about(check, from, to) {
	if (!GOOD.includes(from)) throw new Error(`the good page has no ${from}`);
	await page.setContent(GOOD.replace(from, to));
	return (await check(page)).join('\n');
}

async function finds(check, cases) {
	equal(await about(check, TEXT, TEXT), '', 'complaints about a good page');
	for (const [from, to, wanted] of cases) {
		const found = await about(check, from, to);
		yes(found.includes(wanted), `${to}: “${wanted}” is not found, but “${found}”`);
	}
}

test('an unsound document is found', async () => {
	const context = await visitor({ origin: 'http://127.0.0.1' }, { viewport: NARROW });
	page = await context.newPage();
	await finds(documentOf, [
		['<h1>Good</h1>', '<h2>Good</h2>', '0 of h1'],
		['lang="en"', '', 'lang is'],
		['Good · aismm', 'Good', 'the title is'],
		[TEXT, '<p id="main">', 'two elements have the id main'],
		[TEXT, '<p style="margin:0">', 'p has the attribute style'],
		[TEXT, '<p onclick="x()">', 'p has the attribute onclick'],
		['"/two"', '"javascript:x()"', 'an address that runs'],
		['"/two"', '"#nowhere"', 'a link to #nowhere'],
		[TEXT, '<button popovertarget="gone">x</button>' + TEXT, 'popovertarget of button names gone'],
		[TEXT, '<script>1</script>' + TEXT, 'script with its content inside'],
		[TEXT, '<form method="post" action="/x"></form>' + TEXT, 'the form to /x has no token'],
	]);
});

test('what axe finds is found', async () => {
	const dim = '<style>p{color:#ccc;background:#fff}</style></head>';
	await finds(accessible, [
		['</head>', dim, 'axe color-contrast'],
		['>Two<', '><', 'axe link-name'],
		[TEXT, '<input>' + TEXT, 'axe label'],
	]);
});

test('what is too wide is found', async () => {
	const spill = '<style>p{width:50px;white-space:nowrap}</style></head>';
	await finds(fits, [
		[TEXT, '<pre>'.padEnd(400, 'x') + '</pre>' + TEXT, 'the page is'],
		[`${TEXT}Text</p>`, `<p><span class="user">${'x'.repeat(20)}</span></p>${spill}`, 'stands out of p'],
		[TEXT, '<table><tr><th class="s">x</th></tr></table><style>.s{position:sticky;min-width:300px}</style>' + TEXT, 'is stuck'],
	]);
});

test('what moves, and what has no edge, is found', async () => {
	await finds(still, [['</head>', '<style>p{transition:color 1s}</style></head>', 'p.: a transition']]);
	const cell = '<a href="/" class="cell">1</a>' + TEXT;
	await finds(edged, [[TEXT, cell, 'a.cell has no border']]);
});

test('what cannot be reached, and a focus that cannot be seen, is found', async () => {
	const seen = '<style>a:focus-visible{outline:2px solid}</style></head>';
	equal(await about(walk, '</head>', seen), '', 'complaints about a good page');
	const hidden = '<style>a:focus-visible{outline:none}</style></head>';
	yes((await about(walk, '</head>', hidden)).includes('does not show its focus'), 'a hidden focus is not found');
	const away = '<style>a:focus-visible{outline:2px solid;position:absolute;left:-99px;width:9px;height:9px}</style></head>';
	yes((await about(walk, '</head>', away)).includes('outside the window'), 'a focus outside is not found');
});

run();
