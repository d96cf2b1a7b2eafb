import type { ContainerSnapshot } from '../domain/container.ts';

/** Compose and Docker's own tools put the service of a project here. */
const COMPOSE_SERVICE_LABEL = 'com.docker.compose.service';

/**
 * The name of a service that no label names: the last path element of the image reference, without registry, tag and
 * digest. A bare image ID says nothing, so then it is the Compose service, else the container's name.
 *
 * Differs from registrator, which cut at the first `:` and so named services `sha256` and `app@sha256`.
 */
export function defaultServiceName({ image, labels, name }: ContainerSnapshot): string {
  if (isImageId(image)) return labels[COMPOSE_SERVICE_LABEL]?.trim() || name;
  const path = image.split('@', 1)[0] ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.split(':', 1)[0]?.trim() || name;
}

/** Whole or cut to the 12 digits that Docker's tools print. */
function isImageId(image: string): boolean {
  return /^(sha256:[0-9a-f]{12,64}|[0-9a-f]{12}|[0-9a-f]{64})$/.test(image);
}
