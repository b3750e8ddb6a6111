import { WebSocket } from 'ws';
import type { WebSocketConstructor } from '@tautline/core';
import { describeFaults } from './faults';
import { nodeKind } from './subject/nodeKind';

describeFaults(nodeKind('ws', WebSocket as unknown as WebSocketConstructor)); // takes more than the standard's
