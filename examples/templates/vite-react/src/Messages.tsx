import { json, reduce, useWebSocket } from '@tautline/react';
import type { FormEvent } from 'react';

interface Message {
  id: string;
  text: string;
}

/** The server greets with its last messages each time the line comes up: those already shown are left out. */
const add = (shown: readonly Message[], message: Message) =>
  shown.some(({ id }) => id === message.id) ? shown : [...shown, message].slice(-20);

export function Messages() {
  const { status, data, send } = useWebSocket('/live', {
    codec: json<Message, { type: 'say'; text: string } | { type: 'ping' }>(),
    heartbeat: { message: { type: 'ping' }, isPong: ({ id }) => id === 'pong' },
    collect: reduce(add, []),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('text');
    if (text) send({ type: 'say', text: String(text) }); // waits in the queue while the line is down
    event.currentTarget.reset();
  }

  return (
    <main>
      <h1>Messages</h1>
      <p role="status">{status}</p>
      <ol>
        {data.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ol>
      <form onSubmit={submit}>
        <input name="text" aria-label="Message" autoComplete="off" />
        <button>Send</button>
      </form>
    </main>
  );
}
