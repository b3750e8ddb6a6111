import type { Component } from 'vue';

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly icon?: Component;
}
