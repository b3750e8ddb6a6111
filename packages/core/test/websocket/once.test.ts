import { describe, expect, test } from 'vitest';
import { drop } from './kit';

describe('once', () => {
  test('repeats attempts in silence until one opens', () => {
    const { socket, newest, heard, retry, sockets } = drop({ once: true });
    newest().end();
    retry();
    newest().end(1013);
    expect([heard(), socket.readyState]).toEqual([[], 0]);
    retry();
    newest().accept();
    expect([heard(), sockets.length]).toEqual([['open 1'], 3]);
  });

  test('is over when that one closes', () => {
    const { socket, newest, heard, environment, sockets } = drop({ once: true });
    newest().accept();
    newest().end(1012, 'restart');
    environment.advance(60_000);
    expect([heard(), socket.readyState, sockets.length]).toEqual([['open 1', 'close 3 1012'], 3, 1]);
  });

  test('is over when that one falls silent', () => {
    const { newest, heard, environment, sockets } = drop({ once: true, idleTimeout: 1_000 });
    newest().accept();
    environment.advance(60_000);
    expect([heard(), sockets.length]).toEqual([['open 1', 'error 3', 'close 3 1006'], 1]);
  });

  test('is over when the page is frozen', () => {
    const { newest, heard, environment, sockets } = drop({ once: true });
    newest().accept();
    environment.tell('page-frozen');
    environment.tell('page-resumed');
    environment.advance(60_000);
    expect([heard(), sockets.filter(({ isLive }) => isLive)]).toEqual([['open 1', 'error 3', 'close 3 1006'], []]);
  });

  test('is over when the network was replaced', () => {
    const { newest, heard, environment, sockets } = drop({ once: true });
    newest().accept();
    environment.tell('went-offline');
    environment.tell('went-online');
    environment.advance(60_000);
    expect([heard(), sockets.filter(({ isLive }) => isLive)]).toEqual([['open 1', 'error 3', 'close 3 1006'], []]);
  });

  test('tells of an attempt that is the last', () => {
    const { newest, heard } = drop({ once: true });
    newest().end(4403);
    expect(heard()).toEqual(['close 3 4403']);
  });

  test('closes as any other', () => {
    const { socket, newest, heard, environment } = drop({ once: true });
    newest().end(1013);
    socket.close();
    environment.advance(60_000);
    expect(heard()).toEqual(['error 3', 'close 3 1006']);
    const other = drop({ once: true });
    other.newest().accept();
    other.socket.close(4000);
    other.newest().end(4000);
    expect(other.heard()).toEqual(['open 1', 'close 3 4000']);
  });

  test('opened anew by reconnect(), it is as at first', () => {
    const { socket, newest, heard, retry, environment } = drop({ once: true });
    newest().accept();
    newest().end(1012);
    socket.reconnect();
    expect([heard(), socket.readyState]).toEqual([['open 1', 'close 3 1012'], 0]);
    newest().end();
    socket.close();
    environment.advance(0);
    expect(heard()).toEqual(['error 3', 'close 3 1006']);
    socket.reconnect();
    newest().end();
    retry();
    newest().accept();
    expect(heard()).toEqual(['open 1']);
  });
});
