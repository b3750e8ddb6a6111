/**
 * What the servers under test do, whatever they are made of: a line that starts with `/` is an
 * order, everything else comes back as it went.
 *
 * - `/close 4001 go away`: closes with this code and reason. `/cut`: ends without a close frame.
 * - `/burst 1000`: sends `0`, `1`, ... `999`. `/large 1000`: sends so many characters.
 * - `/bytes 3`: sends the bytes 0, 1, 2. `/number`: sends how many connections there were before this one.
 *
 * The query of the URL gives the first order, `?first=/close%204001`, obeyed right after accepting,
 * and the `id` by which the test asks what the server has seen.
 */
export interface ScriptedSocket {
  send(data: string | Uint8Array): void;
  close(code: number, reason: string): void;
  cut(): void;
}

/** What a server has seen of the connections with one id. */
export interface Seen {
  accepted: number;
  open: number;
  /** In order of arrival. A code that never came is 1005 or 1006, as on the client. */
  closes: { code: number; reason: string }[];
  /** How many messages came. */
  received: number;
}

export function createScript(): {
  seen(id: string): Seen;
  /** Returns what to do with each message, and at the end. */
  accept(
    url: string,
    socket: ScriptedSocket,
  ): { message(data: string | Uint8Array): void; closed(code: number, reason: string): void };
} {
  const byId = new Map<string, Seen>();
  const seen = (id: string): Seen => {
    const known = byId.get(id) ?? { accepted: 0, open: 0, closes: [], received: 0 };
    byId.set(id, known);
    return known;
  };

  return {
    seen,
    accept(url, socket) {
      const { searchParams } = new URL(url, 'ws://localhost');
      const mine = seen(searchParams.get('id') ?? '');
      const number = mine.accepted++;
      mine.open++;

      const obey = (order: string) => {
        const [verb, argument = '', ...rest] = order.split(' ');
        const count = Number(argument);
        if (verb === '/close') socket.close(count, rest.join(' '));
        else if (verb === '/cut') socket.cut();
        else if (verb === '/large') socket.send('x'.repeat(count));
        else if (verb === '/bytes') socket.send(Uint8Array.from({ length: count }, (_, index) => index));
        else if (verb === '/number') socket.send(String(number));
        else if (verb === '/burst') for (let index = 0; index < count; index++) socket.send(String(index));
        else throw new Error(`No such order: ${order}`);
      };
      const first = searchParams.get('first');
      if (first) obey(first);

      return {
        message(data) {
          mine.received++;
          if (typeof data === 'string' && data.startsWith('/')) obey(data);
          else socket.send(data);
        },
        closed(code, reason) {
          mine.open--;
          mine.closes.push({ code, reason });
        },
      };
    },
  };
}
