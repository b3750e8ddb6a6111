import { EchoLog } from '@tautline-examples/shared/page';
import { useWebSocket } from '@tautline/react';
import { useState } from 'react';
import { SERVER } from '../line';
import { CloseControls } from './CloseControls';
import { Composer } from './Composer';
import { EchoLogView } from './EchoLogView';
import { LineControls } from './LineControls';

const log = new EchoLog();

/** A line to play with: it sends back whatever you send, and closes with the code you ask for. */
export function EchoPage() {
  const [subprotocol, setSubprotocol] = useState('');
  const echo = useWebSocket(`ws://${SERVER}/echo`, {
    protocols: subprotocol || [],
    heartbeat: { interval: 5_000, timeout: 3_000, message: 'ping', isPong: (message) => message === 'pong' },
    inspect: log.add,
  });

  return (
    <div className="columns">
      <div className="stack">
        <LineControls echo={echo} subprotocol={subprotocol} onSubprotocol={setSubprotocol} />
        <Composer send={echo.send} />
        <CloseControls send={echo.send} />
      </div>
      <EchoLogView log={log} />
    </div>
  );
}
