import { WebSocket } from 'undici';
import type { WebSocketConstructor } from '@tautline/core';
import { describeFaults } from './faults';
import { nodeKind } from './subject/nodeKind';

describeFaults(nodeKind('undici', WebSocket as unknown as WebSocketConstructor)); // takes more than the standard's
