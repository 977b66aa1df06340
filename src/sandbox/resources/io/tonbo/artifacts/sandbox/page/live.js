// The connection to the server: states come in, clicks go out.

/**
 * Follows the server's states for as long as the page is open and seen: a browser makes but six connections to one server, and a
 * page in the background takes none of them. The browser comes back by itself after an interruption, but for an answer that it
 * takes for final; that is tried again here.
 *
 * @param {{state: function(object): void, connection: function(string): void}} tell what to call with each
 */
export function follow(tell) {
  let source = null;
  let again = null;

  function open() {
    source = new EventSource('/events');
    source.onopen = () => tell.connection('live');
    source.onmessage = (message) => tell.state(JSON.parse(message.data));
    source.onerror = () => {
      tell.connection('reconnecting');
      if (source.readyState === EventSource.CLOSED) {
        close();
        again = setTimeout(seen, 2000);
      }
    };
  }

  function close() {
    clearTimeout(again);
    source?.close();
    source = null;
  }

  function seen() {
    if (document.hidden) {
      close();
    } else if (source === null) {
      clearTimeout(again);
      open();
    }
  }

  document.addEventListener('visibilitychange', seen);
  seen();
}

/**
 * @param {string} id a trouble's
 * @param {string} action provoke, mend or clear
 * @returns {Promise<void>} fails with words for a person
 */
export async function play(id, action) {
  let answer;
  try {
    answer = await fetch(`/api/troubles/${encodeURIComponent(id)}/${action}`, { method: 'POST' });
  } catch {
    throw new Error('The sandbox does not answer. Is it still running?');
  }
  if (!answer.ok) {
    throw new Error(`The sandbox answered ${answer.status}: ${(await answer.text()).trim()}.`);
  }
}
