import { inject } from 'vitest';
import { describeStandard } from '../../packages/core/test/websocket/standard';
import { ReconnectingWebSocket } from '../../packages/core/src/websocket';

const addresses = { url: inject('echoUrl'), deadUrl: inject('deadUrl') };

describeStandard({ name: "the browser's own", WebSocket, ...addresses });
describeStandard({ name: 'ours in a browser', WebSocket: ReconnectingWebSocket, ...addresses });
