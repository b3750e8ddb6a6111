import { factsOf, type EchoLine } from '@tautline-examples/shared/page';
import { useEvery } from '../parts/useEvery';

/** What is true of the line now, as the standard's `WebSocket` and Tautline's queue tell it. */
export function SocketFacts({ line }: { readonly line: EchoLine }) {
  useEvery(250, Date.now); // `bufferedAmount` and the queue tell nobody when they change
  return (
    <dl className="facts">
      {Object.entries(factsOf(line)).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
