// Puts the page together: what the server tells, what a person looks at, and one rendering of both.
import { html, nothing, render } from '/lib/lit-html.js';
import { follow, play } from '/live.js';
import { guard } from '/lib/directives/guard.js';
import { clock, named, setClock, today } from '/words.js';
import { objectsPanel, readiness } from '/cards.js';
import { callsPanel, eventsPanel } from '/activity.js';
import { switchesPanel } from '/switches.js';

const EMPTY = { complete: false, connected: false, objects: [], events: [], calls: [], callCount: 0, switches: [], others: [] };
const view = { state: EMPTY, at: null, connection: 'connecting', failing: false, focus: null, search: '', failure: null };
/** The troubles whose button was pressed, until the page knows what became of that. */
const pressing = new Set();
const root = document.getElementById('page');
const said = document.getElementById('said');

const CONNECTIONS = {
  connecting: ['busy', 'connecting'],
  live: ['good', 'live'],
  reconnecting: ['bad', 'reconnecting'],
  failing: ['bad', 'not brought up to date'],
  interrupted: ['bad', 'the Kubernetes API is away'],
};

/** What comes from the server may be current, and what the server knows not. */
function connection() {
  if (view.connection !== 'live') {
    return view.connection;
  }
  if (view.failing) {
    return 'failing';
  }
  return view.state.complete && !view.state.connected ? 'interrupted' : 'live';
}

let asked = false;

/** Draws before the next frame, once for all that has changed by then; a page that nobody sees is drawn now and then. */
function draw() {
  if (!asked) {
    asked = true;
    const frame = document.hidden ? (work) => setTimeout(work, 1000) : requestAnimationFrame;
    frame(() => {
      asked = false;
      drawNow();
    });
  }
}

function drawNow() {
  const focused = view.state.objects.find((each) => each.id === view.focus);
  const objects = view.focus ? view.state.objects.filter((each) => related(each, focused)) : view.state.objects;
  render(html`
    <a class="skip" href="#objects" @click=${(event) => jump(event, 'objects')}>Skip to the objects</a>
    ${head()}
    <main>
      ${objectsPanel({ objects, focus: view.focus, complete: view.state.complete, loading: view.at === null })}
      ${switchesPanel({ ...view.state, search: view.search, focus: view.focus, pressing }, { search, play: pressed })}
      <div class="activity">
        ${guard([view.state.events, view.focus, today()], () => eventsPanel(
          view.focus ? view.state.events.filter((each) => each.object === view.focus) : view.state.events, view.focus))}
        ${guard([view.state.calls, view.state.callCount, view.focus && objects, today()], () => callsPanel(
          view.focus ? view.state.calls.filter((each) => isAbout(each, objects)) : view.state.calls,
          view.state.callCount, view.focus))}
      </div>
    </main>`, root);
}

function head() {
  const standing = connection();
  const [tone, word] = CONNECTIONS[standing];
  const count = (kind) => view.state.objects.filter((each) => each.kind === kind).length;
  const waiting = view.state.objects.filter((each) => each.ready !== 'True').length;
  return html`
    <header class="top">
      <h1>Artifacts Operator <span>sandbox</span></h1>
      <p class="chip ${tone}" id="connection"><span class="dot" aria-hidden="true"></span>${word}${tone === 'bad' && view.at
        ? html`; this is from ${clock(view.at)}` : nothing}</p>
      <p class="counts">${many(count('Workspace'), 'Workspace')}, ${many(count('MountSession'), 'MountSession')}${waiting > 0
        ? html`, <b>${waiting} not ready</b>` : nothing}</p>
      <nav aria-label="Parts of this page">
        ${[['objects', 'Objects'], ['switches', 'Break something'], ['events', 'Events'], ['calls', 'Calls']].map(([id, words]) => html`
          <a href="#${id}" @click=${(event) => jump(event, id)}>${words}</a>`)}
      </nav>
      ${view.failure ? html`<p class="failure" role="alert">${view.failure}</p>` : nothing}
    </header>`;
}

const many = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** The fragment of the address is for objects; parts of the page are gone to without it. */
function jump(event, id) {
  event.preventDefault();
  const part = document.getElementById(id);
  part.scrollIntoView();
  part.focus({ preventScroll: true });
}

/** Shown with an object: the Workspace of a session, the sessions of a Workspace. */
function related(each, focused) {
  return each.id === view.focus
    || (focused && each.namespace === focused.namespace && each.workspace === focused.workspace);
}

function isAbout(call, objects) {
  return objects.some((each) => each.remoteName !== null && each.remoteName === call.workspace
    && (each.account === null || call.account === null || each.account === call.account));
}

function search(text) {
  view.search = text;
  draw();
}

let states = 0;

/** Waits for a state that came after what was answered; what changed nothing brings none. */
async function nextState() {
  const before = states;
  for (let waited = 0; states === before && waited < 1000; waited += 50) {
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

async function pressed(each, action) {
  if (pressing.has(each.id)) {
    return;
  }
  if (action === 'clear') {
    // Its button is about to go; the keyboard stays with the row.
    root.querySelector(`[data-trouble="${each.id}"] [data-action="provoke"]`)?.focus();
  }
  pressing.add(each.id);
  draw();
  try {
    await play(each.id, action);
    view.failure = null;
  } catch (failure) {
    view.failure = failure.message;
    draw();
  }
  await nextState();
  pressing.delete(each.id);
  draw();
}

/** Changes of state in words, for whoever does not see the colours. */
function announce(before, after) {
  const known = new Map(before.objects.map((each) => [each.id, each]));
  const news = after.objects
    .filter((each) => known.get(each.id)?.ready !== each.ready || known.get(each.id)?.reason !== each.reason)
    .map((each) => `${named(each.id)}: ${readiness(each)}, ${each.reason}`);
  const present = new Set(after.objects.map((each) => each.id));
  news.push(...before.objects.filter((each) => !present.has(each.id)).map((each) => `${named(each.id)} is gone`));
  if (news.length > 0) {
    const more = news.length > 3 ? `; and ${news.length - 3} more` : '';
    said.textContent = news.slice(0, 3).join('; ') + more;
  }
}

/** The object that the address names, null if it names none. */
function addressed() {
  try {
    const id = decodeURIComponent(location.hash.slice(1));
    return /^(workspace|mountsession)\/[^/]+\/[^/]+$/.test(id) ? id : null;
  } catch {
    // A percent sign that encodes nothing.
    return null;
  }
}

function route() {
  view.focus = addressed();
  drawNow();
  if (view.focus) {
    document.getElementById('objects').scrollIntoView({ block: 'nearest' });
    document.getElementById('objects').scrollTop = 0;
  }
}

/** The new state, with what the old one has of it: what stays the same is not drawn again. */
function shared(before, after) {
  const known = new Map(before.objects.map((each) => [each.id, each]));
  const kept = (old, now) => (JSON.stringify(old) === JSON.stringify(now) ? old : now);
  return {
    ...after,
    objects: after.objects.map((each) => kept(known.get(each.id), each)),
    events: kept(before.events, after.events),
    calls: kept(before.calls, after.calls),
  };
}

addEventListener('hashchange', route);
route();
follow({
  state: (frame) => {
    setClock(frame.now);
    states += 1;
    view.failing = frame.failing;
    if (frame.state !== null) {
      if (view.at !== null) {
        announce(view.state, frame.state);
      }
      view.state = shared(view.state, frame.state);
      view.at = frame.failing ? view.at : frame.now;
    }
    draw();
  },
  connection: (word) => {
    if (word !== view.connection && view.at !== null) {
      said.textContent = word === 'live' ? 'Connected again.' : 'The connection to the sandbox is interrupted.';
    }
    view.connection = word;
    draw();
  },
});
// Countdowns and bars move.
setInterval(draw, 1000);
