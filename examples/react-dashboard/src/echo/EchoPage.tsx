import { createEchoLine, EchoLog, Latencies, type EchoSettings } from '@tautline-examples/shared/page';
import { useWebSocket } from '@tautline/react';
import { useState } from 'react';
import { LineDock } from '../connection/LineDock';
import { SERVER } from '../line';
import { CloseControls } from './CloseControls';
import { Composer } from './Composer';
import { LatencyCard } from './LatencyCard';
import { LineControls } from './LineControls';
import { LogCard } from './LogCard';

const FIRST: EchoSettings = { url: `ws://${SERVER}/echo`, protocols: '', heartbeat: 5_000 };
const records = { log: new EchoLog(), latencies: new Latencies() };

/** A line to play with: to any URL, with everything that a WebSocket can do. `createEchoLine` has the connection's options. */
export function EchoPage() {
  const [line, setLine] = useState(() => createEchoLine(FIRST, records));
  const echo = useWebSocket(line.connection);

  return (
    <>
      <div className="echo">
        <div className="stack">
          <LineControls line={line} echo={echo} onSettings={(settings) => setLine(createEchoLine(settings, records))} />
          <Composer send={echo.send} />
          <CloseControls send={echo.send} />
          <LatencyCard line={line} latencies={records.latencies} />
        </div>
        <LogCard log={records.log} />
      </div>
      <LineDock key={line.number} line={line.watched} />
    </>
  );
}
