import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useChannel, useOnReconnect } from '@tautline/react';

interface Order {
  id: string;
  text: string;
}

export function Orders() {
  const queries = useQueryClient();
  const { data: orders = [] } = useQuery({ queryKey: ['orders'], queryFn: fetchOrders, staleTime: Infinity });
  useChannel<{ placed: Order }>('orders', {
    on: { placed: (order) => queries.setQueryData<Order[]>(['orders'], (all) => all && [...all, order]) },
  });
  useOnReconnect(({ recovered }) => {
    if (recovered === false) void queries.invalidateQueries({ queryKey: ['orders'] });
  });
  return (
    <ul>
      {orders.map(({ id, text }) => (
        <li key={id}>{text}</li>
      ))}
    </ul>
  );
}

async function fetchOrders(): Promise<Order[]> {
  const response = await fetch('/orders');
  return (await response.json()) as Order[];
}
