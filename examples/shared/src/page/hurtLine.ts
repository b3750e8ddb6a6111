import type { Fault } from '../protocol';

/** Asks the example server to hurt the line. Says what went wrong when it does not; `null` when it does. */
export async function hurtLine(server: string, fault: Fault, seconds: number): Promise<string | null> {
  try {
    const response = await fetch(`http://${server}/control/${fault}`, {
      method: 'POST',
      body: JSON.stringify({ seconds }),
    });
    if (response.ok) return null;
    const { error } = (await response.json()) as { error?: string }; // what the server answers to a request it refuses
    return error ?? `The server answered ${response.status}.`;
  } catch {
    return 'The server does not answer. Is it running?';
  }
}

/** What each fault does, for the buttons. */
export const FAULT_TEXTS: Readonly<Record<Fault, { readonly label: string; readonly hint: string }>> = {
  drop: { label: 'Drop', hint: 'Cut every connection, without a word' },
  freeze: { label: 'Freeze', hint: 'Say nothing and hear nothing, but keep the sockets open' },
  restart: { label: 'Restart', hint: 'Close with 1012, and listen again later' },
  slow: { label: 'Slow', hint: 'Everything arrives 1.2 s late, in bursts' },
};
