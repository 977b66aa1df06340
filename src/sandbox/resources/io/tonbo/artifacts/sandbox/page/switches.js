// The fault switches: every row of the catalogue that can be provoked here.
import { html, nothing } from '/lib/lit-html.js';
import { repeat } from '/lib/directives/repeat.js';
import { link } from '/words.js';
import { chip } from '/cards.js';

const STATES = { idle: null, provoked: 'provoked', mended: 'mended', clearing: 'being cleared' };

/**
 * @param {{switches: object[], others: object[], search: string, objects: object[], focus: ?string, pressing: Set<string>}} view
 *   what to show
 * @param {{search: function(string): void, play: function(object, string): void}} on what a person may do
 */
export function switchesPanel(view, on) {
  const found = view.switches.filter((each) => matches(each, view.search));
  const others = view.others.filter((each) => matches(each, view.search));
  const active = view.switches.filter((each) => each.state !== 'idle');
  return html`
    <section id="switches" class="panel" aria-labelledby="switches-title" tabindex="0">
      <div class="panel-head"><h2 id="switches-title">Break something</h2>
        <span class="count">${active.length > 0 ? `${active.length} provoked of ` : ''}${view.switches.length}</span></div>
      <p class="intro">What the error catalogue lists, at a click. Watch what the operator reports and does about it.</p>
      <div class="search">
        <label for="search" class="unseen">Search the troubles</label>
        <input id="search" type="search" placeholder="Search" autocomplete="off" .value=${view.search}
          @input=${(event) => on.search(event.target.value)}>
        ${active.length === 0 ? nothing : html`<button type="button" class="button" id="clear-all"
          @click=${() => active.forEach((each) => on.play(each, 'clear'))}>Clear all</button>`}
      </div>
      ${found.length === 0 && others.length === 0 && view.switches.length > 0 ? html`<p class="empty">Nothing is called that.</p>` : nothing}
      ${repeat(bySource(found), (group) => group.source, (group) => html`
        <h3 class="source">${group.source}</h3>
        <ul class="switches">${repeat(group.rows, (each) => each.id, (each) => row(each, view, on))}</ul>`)}
      ${others.length === 0 ? nothing : html`
        <h3 class="source">In the catalogue, but not at a click</h3>
        <ul class="switches" id="others">${others.map((each) => html`
          <li class="switch idle"><h4>${each.reason}</h4><p>${each.meaning}</p><p class="small">${each.why}</p></li>`)}</ul>`}
    </section>`;
}

function matches(each, search) {
  const said = [each.id, each.reason, each.source, each.meaning, each.cause ?? each.why].join(' ').toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => said.includes(word));
}

function bySource(rows) {
  const groups = [];
  for (const each of rows) {
    if (groups.at(-1)?.source !== each.source) {
      groups.push({ source: each.source, rows: [] });
    }
    groups.at(-1).rows.push(each);
  }
  return groups;
}

function row(each, view, on) {
  const card = view.objects.find((object) => object.id === each.object);
  const state = STATES[each.state];
  const free = !view.pressing.has(each.id);
  // What failed halfway can be tried again.
  const settled = free && (each.state !== 'clearing' || each.error !== null);
  return html`
    <li class="switch ${each.state} ${view.focus === each.object ? 'focused' : ''}" data-trouble=${each.id} data-state=${each.state}>
      <h4>${each.reason} <code class="id">${each.id}</code>${state ? html`<span class="chip plain busy">${state}</span>` : nothing}</h4>
      <p>${each.meaning}</p>
      <p class="small">Provoke: ${each.cause}</p>
      ${each.state === 'provoked' ? html`<p class="small">Mend: ${each.remedy}</p>` : nothing}
      ${each.state === 'idle' ? nothing : html`<p class="shown">${link(each.object)} ${card ? chip(card) : nothing}</p>`}
      ${each.obstacle ? html`<p class="obstacle">It ${each.obstacle}</p>` : nothing}
      ${each.error && each.error !== each.obstacle ? html`<p class="error">${each.error}</p>` : nothing}
      <p class="buttons">${button(each, 'provoke', each.state === 'idle' ? 'Provoke' : 'Provoke again', on, settled && !each.obstacle)}
        ${each.state === 'idle' ? nothing : html`
          ${button(each, 'mend', 'Mend', on,
            free && (each.state === 'provoked' || (each.state === 'mended' && each.error !== null)))}
          ${button(each, 'clear', 'Clear', on, settled)}`}</p>
    </li>`;
}

/** One that does nothing now is said to be so, but stays where the keyboard is. */
function button(each, action, words, on, enabled) {
  return html`<button type="button" class="button ${action}" data-action=${action} aria-disabled=${enabled ? 'false' : 'true'}
    @click=${() => enabled && on.play(each, action)}>${words}<span class="unseen"> ${each.id}</span></button>`;
}
