// Puts the page together: what the server tells, what a person looks at, and one rendering of both.
import { html, nothing, render } from '/lib/lit-html.js';
import { follow, play } from '/live.js';
import { clock, named, setClock } from '/words.js';
import { objectsPanel, readiness } from '/cards.js';
import { callsPanel, eventsPanel } from '/activity.js';
import { switchesPanel } from '/switches.js';

const EMPTY = { connected: false, objects: [], events: [], calls: [], callCount: 0, switches: [] };
const view = { state: EMPTY, at: null, connection: 'connecting', focus: null, search: '', failure: null };
const root = document.getElementById('page');
const said = document.getElementById('said');

const CONNECTIONS = {
  connecting: ['busy', 'connecting'],
  live: ['good', 'live'],
  reconnecting: ['bad', 'reconnecting'],
};

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
      ${objectsPanel({ objects, focus: view.focus, connected: view.state.connected, loading: view.at === null })}
      ${switchesPanel({ ...view.state, search: view.search, focus: view.focus }, { search, play: pressed })}
      <div class="activity">
        ${eventsPanel(view.focus ? view.state.events.filter((each) => each.object === view.focus) : view.state.events, view.focus)}
        ${callsPanel(view.focus ? view.state.calls.filter((each) => isAbout(each, objects)) : view.state.calls,
          view.state.callCount, view.focus)}
      </div>
    </main>`, root);
}

function head() {
  const [tone, word] = CONNECTIONS[view.connection];
  const count = (kind) => view.state.objects.filter((each) => each.kind === kind).length;
  const waiting = view.state.objects.filter((each) => each.ready !== 'True').length;
  return html`
    <header class="top">
      <h1>Artifacts Operator <span>sandbox</span></h1>
      <p class="chip ${tone}" id="connection"><span class="dot" aria-hidden="true"></span>${word}${view.connection === 'reconnecting'
        && view.at ? html`; this is from ${clock(view.at)}` : nothing}</p>
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

async function pressed(each, action) {
  if (action === 'clear') {
    // Its button is about to go; the keyboard stays with the row.
    root.querySelector(`[data-trouble="${each.id}"] [data-action="provoke"]`)?.focus();
  }
  try {
    await play(each.id, action);
    view.failure = null;
  } catch (failure) {
    view.failure = failure.message;
  }
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

function route() {
  const id = decodeURIComponent(location.hash.slice(1));
  view.focus = /^(workspace|mountsession)\/[^/]+\/[^/]+$/.test(id) ? id : null;
  drawNow();
  if (view.focus) {
    document.getElementById('objects').scrollIntoView({ block: 'nearest' });
    document.getElementById('objects').scrollTop = 0;
  }
}

addEventListener('hashchange', route);
route();
follow({
  state: (frame) => {
    setClock(frame.now);
    if (view.at !== null) {
      announce(view.state, frame.state);
    }
    view.state = frame.state;
    view.at = frame.now;
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
