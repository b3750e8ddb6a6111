import { act } from '@testing-library/react';
import { FakeWebSocket } from '../../../test/support/fakeWebSocket';

FakeWebSocket.around = (happening) => act(happening);

export { FakeWebSocket };
