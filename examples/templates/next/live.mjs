// A server to develop against: greets with its last 20 messages, and passes on to all what one says. Put yours in its place.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const { PORT = '8080' } = process.env;
let messages = [];

const server = createServer((_request, response) => {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(messages));
});
const live = new WebSocketServer({ server, path: '/live', maxPayload: 4_096 });

live.on('connection', (socket) => {
  const send = (message) => socket.send(JSON.stringify(message));
  messages.forEach(send);
  socket.on('error', () => {}); // a frame too big: `ws` closes with 1009
  socket.on('message', (data) => {
    const { type, text } = parse(data);
    if (type === 'ping') send({ id: 'pong', text: '' });
    else if (typeof text === 'string') publish({ id: randomUUID(), text });
  });
});

function publish(message) {
  messages = [...messages, message].slice(-20);
  for (const socket of live.clients) socket.send(JSON.stringify(message));
}

function parse(data) {
  try {
    return JSON.parse(String(data)) ?? {};
  } catch {
    return {};
  }
}

server.listen(Number(PORT), 'localhost', () => console.log(`Live at ws://localhost:${PORT}/live`));
