import { keepLast, useWebSocket } from '@tautline/react';

export function Chat() {
  const { status, data, send } = useWebSocket('ws://localhost:8080', { collect: keepLast(20) });
  return (
    <main>
      <p>{status}</p>
      <button onClick={() => send(new Date().toISOString())}>Send</button>
      {data.map((text, index) => (
        <p key={index}>{String(text)}</p>
      ))}
    </main>
  );
}
