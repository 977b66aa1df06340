// The connection to the server: states come in, clicks go out.

/**
 * Follows the server's states for as long as the page is open. The browser comes back by itself after an interruption, but for
 * an answer that it takes for final; that is tried again here.
 *
 * @param {{state: function(object): void, connection: function(string): void}} tell what to call with each
 */
export function follow(tell) {
  const source = new EventSource('/events');
  source.onopen = () => tell.connection('live');
  source.onmessage = (message) => tell.state(JSON.parse(message.data));
  source.onerror = () => {
    tell.connection('reconnecting');
    if (source.readyState === EventSource.CLOSED) {
      source.close();
      setTimeout(() => follow(tell), 2000);
    }
  };
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
