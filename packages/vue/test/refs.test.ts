import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h, isReadonly, isRef, reactive, toRefs, watch } from 'vue';
import { useWebSocket } from '../src';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';
import { inScope, installFakes, mount, mountSetup, pass } from './setting';

installFakes();

const URL_A = 'ws://a.test/';

describe('what useWebSocket returns', () => {
  it('has all its fields, read or not', () => {
    const scope = inScope(() => ({ socket: useWebSocket(URL_A) }));
    const names = Object.keys(scope.socket);
    expect(names).toContain('data');
    expect(names).toContain('latency');
    expect(names).toContain('reconnect');
    expect('status' in scope.socket).toBe(true);
    expect('toString' in scope.socket).toBe(true);
    expect('nothing' in scope.socket).toBe(false);
    expect(Reflect.get(scope.socket, 'nothing')).toBeUndefined();
    expect(Object.entries({ ...scope.socket }).map(([name, value]) => [name, typeof value, isRef(value)])).toEqual(
      names.map((name) =>
        ['send', 'connect', 'reconnect', 'disconnect'].includes(name)
          ? [name, 'function', false]
          : [name, 'object', true],
      ),
    );
  });

  it('gives the same ref and the same function each time', () => {
    const { socket } = inScope(() => ({ socket: useWebSocket(URL_A) }));
    expect(socket.status).toBe(socket.status);
    expect(socket.send).toBe(socket.send);
    expect(isReadonly(socket.status)).toBe(true);
  });

  it('unwraps in a template when setup returns it as it is', async () => {
    const { element } = mount(
      defineComponent({
        setup: () => useWebSocket<string>(URL_A),
        render() {
          return h('p', `${this.status} ${this.data}`);
        },
      }),
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    await pass();
    expect(element.textContent).toBe('connected one');
  });

  it('unwraps in reactive(), and comes apart in toRefs', async () => {
    const { socket } = mountSetup(() => ({ socket: reactive(useWebSocket<string>(URL_A)) }));
    const { status } = toRefs(socket);
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one');
    await pass();
    expect([socket.status, socket.data, status.value]).toEqual(['connected', 'one', 'connected']);
  });

  it('shows one moment to a watcher that is called at once', () => {
    const seen = vi.fn();
    mountSetup(() => {
      const { status, readyState, connectedAt, subprotocol } = useWebSocket(URL_A);
      for (const field of [subprotocol, connectedAt, readyState, status]) {
        watch(field, () => seen(status.value, readyState.value, connectedAt.value !== null), { flush: 'sync' });
      }
    });
    seen.mockClear();
    FakeWebSocket.last.protocol = 'v1';
    FakeWebSocket.last.accept();
    expect(seen.mock.calls).toEqual(Array.from({ length: 4 }, () => ['connected', 1, true]));
  });
});
