export {
  CHAT_PATH,
  messageKey,
  ROOMS,
  roomTopic,
  typingTopic,
  type ChatMessage,
  type Draft,
  type MemberInfo,
  type RoomEntry,
  type RoomEvents,
  type RoomId,
  type TypingEvents,
  type Typist,
} from './chat/protocol';
export { lengthOf, MAX_NAME, MAX_TEXT, readName, readText, userOf } from './chat/readInput';
export { DEVICE_KINDS, DEVICES, REGIONS, type Device, type DeviceKind } from './devices';
export { Ledger, type LedgerCounts } from './ledger';
export { findListing, LISTINGS, type Listing } from './listings';
export {
  CANDLE_INTERVAL,
  CANDLES_KEPT,
  FAULTS,
  MAX_RATE,
  type Ack,
  type Candle,
  type Candles,
  type DeviceReport,
  type DeviceStatus,
  type Fault,
  type FleetMessage,
  type MachineSample,
  type MarketMessage,
  type Pong,
  type RateChanged,
  type Resume,
  type StreamRequest,
  type Tick,
  type Welcome,
} from './protocol';
export { seededRandom } from './random';
