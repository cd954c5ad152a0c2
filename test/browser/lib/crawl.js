'use strict';
// Every page of the application, found by its links: whoever adds a page has it checked without naming it here.

const fs = require('fs');
const path = require('path');
const { top } = require('./server');

const MOST_FETCHED = 400;
const SLOWEST_MS = 120000; // the first page of the demo organisation makes it; with sanitizers that takes its time

// The patterns of the route table, as the program states them -> [{ pattern, page }]; page: something a browser shows.
function routes() {
	const folder = path.join(top, 'src/web');
	const found = [];
	for (const file of fs.readdirSync(folder).filter((name) => /^route.*\.c$/.test(name))) {
		const text = fs.readFileSync(path.join(folder, file), 'utf8');
		const methods = new Map([...text.matchAll(/#define (\w+)\([^]*?REQUEST_(\w+)/g)].map((at) => [at[1], at[2]]));
		const row = /(?:REQUEST_(\w+),\s*\.pattern = S|\b([A-Z_]{2,}))\(\s*"(\/[^"\s]*)"/g;
		for (const [, method, macro, pattern] of text.matchAll(row)) {
			const get = (method || methods.get(macro)) === 'GET';
			found.push({ pattern, page: get && !pattern.startsWith('/api') });
		}
	}
	if (!found.some((one) => one.page && one.pattern === '/')) throw new Error('the route table is not where it was');
	return found;
}

function patternOf(list, pathname) {
	const parts = pathname.split('/');
	const fits = (pattern) => {
		const wanted = pattern.split('/');
		return wanted.length === parts.length && wanted.every((w, i) => (w.startsWith('{}') && parts[i] && parts[i].length > w.length - 2 && parts[i].endsWith(w.slice(2))) || w === parts[i]);
	};
	const found = list.find((one) => fits(one.pattern));
	return found ? found.pattern : `/${parts[1]} without a route, ${parts.length - 1} deep`;
}

function unescape(text) {
	const marks = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" };
	return text.replace(/&(amp|lt|gt|quot|apos|#39);/g, (_, name) => marks[name]);
}

function linksOf(html, base) {
	const found = [];
	for (const at of html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) {
		const url = new URL(unescape(at[1]), base);
		url.hash = '';
		if (url.origin === new URL(base).origin) found.push(url);
	}
	return found;
}

// Follows links from `from` as the visitor that `context` is. Addresses are alike when they have the same pattern and the
// same names in the query: of those `alike` are fetched, of one pattern at most `each` are returned: the first as a page, the
// others again.
// A page that comes with a policy of its own is a document, as the book is: it is returned apart, and its links are its own.
// -> { pages: [path], again: [path], documents: [path], files: [path], dead: [{ address, status, by }], patterns: Set }
async function everyPage(context, server, { from = '/', alike = 2, each = 4 } = {}) {
	const list = routes();
	const seen = new Set();
	const shapes = new Map();
	const taken = new Map();
	const found = { pages: [], again: [], documents: [], files: [], dead: [], patterns: new Set() };
	let policy;
	const waiting = [{ url: new URL(from, server.origin), by: 'the start' }];
	const count = (map, key) => {
		map.set(key, (map.get(key) || 0) + 1);
		return map.get(key);
	};
	for (let fetched = 0; waiting.length && fetched < MOST_FETCHED; ) {
		const { url, by } = waiting.shift();
		const address = url.pathname + url.search;
		const keys = [...url.searchParams.keys()].sort();
		const pattern = patternOf(list, url.pathname);
		// Two parts of the lens at once are what one and the other are.
		const lens = keys.filter((key) => ['unit', 'at', 'vs', 'dep'].includes(key));
		if (seen.has(address) || lens.length > 1) continue;
		seen.add(address);
		if (count(shapes, `${pattern}?${keys}`) > alike) continue;
		fetched++;
		const answer = await context.request.get(url.href, { maxRedirects: 0, timeout: SLOWEST_MS });
		const { 'content-type': type = '', 'content-security-policy': own, location } = answer.headers();
		if (answer.status() >= 300 && answer.status() < 400) {
			waiting.push({ url: new URL(location, url), by: address });
			continue;
		}
		if (answer.status() !== 200) {
			found.dead.push({ address, status: answer.status(), by });
			continue;
		}
		found.patterns.add(pattern);
		if (!type.startsWith('text/html')) {
			found.files.push(address);
			continue;
		}
		policy = policy || own;
		if (own !== policy) {
			found.documents.push(address);
			continue;
		}
		const nth = count(taken, pattern);
		if (nth <= each) (nth === 1 ? found.pages : found.again).push(address);
		for (const next of linksOf(await answer.text(), url)) waiting.push({ url: next, by: address });
	}
	return found;
}

module.exports = { everyPage, routes };
