/** The program of `serverProcess.ts`: the scripted server, which tells what it has seen. */
import { startScriptedServer } from './scriptedServer';

const { port, seen } = await startScriptedServer(Number(process.argv[2]));

process.on('message', (id) => process.send?.(seen(String(id))));
process.on('disconnect', () => process.exit()); // whoever started it is gone
process.send?.(port);
