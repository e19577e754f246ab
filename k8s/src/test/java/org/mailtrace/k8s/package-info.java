/** What the manifests, images and alerts promise, checked object by object without a cluster, an engine or a Prometheus. */
package org.mailtrace.k8s;
