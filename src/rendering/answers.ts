import type { ServiceInstance } from '../domain/catalog.ts';
import type { DataQuery } from './queries.ts';

/** An entry of the list of services. */
export interface CatalogService {
  readonly name: string;
  /** Of all its instances, sorted. */
  readonly tags: readonly string[];
}

export interface CatalogNode {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly datacenter: string;
  readonly taggedAddresses: Readonly<Record<string, string>>;
  readonly meta: Readonly<Record<string, string>>;
}

/** A node with what is registered on it. */
export interface NodeServices {
  /** `undefined` for a node that the catalog does not have. */
  readonly node: CatalogNode | undefined;
  readonly services: readonly NodeService[];
}

export interface NodeService {
  readonly id: string;
  readonly service: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  readonly port: number;
  readonly address: string;
  readonly enableTagOverride: boolean;
}

export interface KeyPair {
  /** The whole key. */
  readonly path: string;
  /** Bytes that are no UTF-8 stand as the template engine has them. */
  readonly value: string;
  readonly createIndex: number;
  readonly modifyIndex: number;
  readonly lockIndex: number;
  readonly flags: bigint;
  readonly session: string;
}

/** By the kinds of queries. */
export interface Answers {
  readonly service: readonly ServiceInstance[];
  readonly connect: readonly ServiceInstance[];
  readonly services: readonly CatalogService[];
  readonly nodes: readonly CatalogNode[];
  readonly node: NodeServices;
  readonly datacenters: readonly string[];
  readonly key: string | undefined;
  readonly keys: readonly KeyPair[];
  readonly file: string;
}

/** What a query gives. */
export type AnswerTo<Q extends DataQuery> = Answers[Q['kind']];
