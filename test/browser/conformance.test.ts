import { inject } from 'vitest';
import { describeConformance } from '../../packages/core/test/conformance';
import type { Seen } from '../support/script';

describeConformance({
  name: 'the WebSocket of a browser',
  WebSocket,
  url: inject('echoUrl'),
  deadUrl: inject('deadUrl'),
  seen: async (id) => {
    const response = await fetch(`${inject('controlUrl')}/seen?id=${id}`);
    return (await response.json()) as Seen; // that is what the control sends
  },
});
