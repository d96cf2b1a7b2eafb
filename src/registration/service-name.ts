import type { ContainerPort, ContainerSnapshot } from '../domain/container.ts';
import { type Metadata, settingOf } from './metadata.ts';
import { type Sourced, sourceOf } from './sourced.ts';

/** Compose and Docker's own tools put the service of a project here. */
const COMPOSE_SERVICE_LABEL = 'com.docker.compose.service';

/**
 * The name of the service of a port.
 *
 * @param isGroup several ports are offered, so that one name would not tell them apart: then the port ends it, unless
 * a key for just this port names it.
 */
export function serviceName(
  container: ContainerSnapshot,
  { port }: Pick<ContainerPort, 'port'>,
  { metadata, isGroup }: { readonly metadata: Metadata; readonly isGroup: boolean },
): Sourced<string> {
  const setting = metadata.get('name');
  const chosen = settingOf(metadata, 'name');
  const name =
    setting === undefined || chosen === undefined
      ? defaultServiceName(container)
      : { value: chosen, from: sourceOf(setting) };
  // Also when that name is empty: whoever writes a key for one port knows that there are several.
  const isNamedForPort = setting?.isPortSpecific === true;
  if (!isGroup || isNamedForPort) return name;
  return { value: `${name.value}-${port}`, from: `${name.from}; its port, as there are several` };
}

/**
 * The name of a service that no label names: the last path element of the image reference, without registry, tag and
 * digest. A bare image ID says nothing, so then it is the Compose service, else the container's name.
 *
 * Differs from registrator, which cut at the first `:` and so named services `sha256` and `app@sha256`.
 */
export function defaultServiceName({ image, labels, name }: ContainerSnapshot): Sourced<string> {
  const ofContainer = { value: name, from: 'default: container name' };
  if (isImageId(image)) {
    const compose = labels[COMPOSE_SERVICE_LABEL]?.trim();
    return compose ? { value: compose, from: `default: label ${COMPOSE_SERVICE_LABEL}` } : ofContainer;
  }
  const path = image.split('@', 1)[0] ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  const ofImage = last.split(':', 1)[0]?.trim();
  return ofImage ? { value: ofImage, from: `default: image ${image}` } : ofContainer;
}

/** Whole or cut to the 12 digits that Docker's tools print. */
function isImageId(image: string): boolean {
  return /^(sha256:[0-9a-f]{12,64}|[0-9a-f]{12}|[0-9a-f]{64})$/.test(image);
}
