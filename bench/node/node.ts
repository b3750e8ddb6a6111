// Measures one participant in a process of its own: nobody inherits another's heap or optimised code.
import { WebSocket } from 'ws';
import { participantOf } from '../adapters/registry';
import { channels } from './channels';
import { clients } from './clients';
import { installDom } from './dom';
import { herd } from './herd';
import { open } from './open';
import type { NodeOrder } from './orders';
import { queue } from './queue';
import { send } from './send';
import { StubWebSocket } from './stubWebSocket';

/** In a page nothing is thrown for an error that nobody listens to. */
class PageLikeWebSocket extends WebSocket {
  constructor(...given: ConstructorParameters<typeof WebSocket>) {
    super(...given);
    this.on('error', () => {});
  }
}

const order = JSON.parse(process.argv[2] ?? '{}') as NodeOrder; // who starts it gives one
const { dialect, dom } = participantOf(order.participant);
if (dom) installDom();
const isStub = order.task === 'send' || order.task === 'queue' || order.task === 'clients';
StubWebSocket.dialect = dialect;
Object.assign(globalThis, { WebSocket: isStub ? StubWebSocket : PageLikeWebSocket });

process.on('disconnect', () => process.exit());

const perform = (): Promise<unknown> => {
  switch (order.task) {
    case 'send':
      return send(order.participant, order.count);
    case 'queue':
      return queue(order.participant, order.count);
    case 'clients':
      return clients(order.participant, order.count);
    case 'open':
      return open(order.participant, order);
    case 'channels':
      return channels(order.participant, order);
    case 'herd':
      return herd(order.participant, order);
  }
};

const result = await perform();
process.send?.({ result }, () => process.exit());
