import { WebSocketServer } from 'ws';

const topics = new Map(); // of each the sockets that are subscribed
const server = new WebSocketServer({ port: Number(process.env.PORT ?? 8080) });
server.on('listening', () => console.log(`Listening on port ${server.address().port}`));

server.on('connection', (socket) => {
  const reply = (frame) => socket.send(JSON.stringify(frame));
  const leave = (topic) => {
    topics.get(topic)?.delete(socket);
    if (!topics.get(topic)?.size) topics.delete(topic);
  };
  const answer = ({ type, id, topic, event, payload }) => {
    if (type === 'ping') return reply({ type: 'pong' });
    if (typeof id !== 'number') return;
    if (type === 'subscribe') topics.set(topic, (topics.get(topic) ?? new Set()).add(socket));
    else if (type === 'unsubscribe') leave(topic);
    else if (type !== 'publish') return reply({ type: 'error', id, message: `This server does not ${type}` });
    else if (!topics.get(topic)?.has(socket)) return reply({ type: 'error', id, message: 'Subscribe first' });
    else for (const each of topics.get(topic)) each.send(JSON.stringify({ type: 'event', topic, event, payload }));
    reply({ type: 'ack', id });
  };
  socket.on('error', () => {}); // `close` follows
  socket.on('close', () => [...topics.keys()].forEach(leave));
  socket.on('message', (text) => {
    try {
      answer(JSON.parse(text));
    } catch {} // no JSON object: ignored
  });
});
