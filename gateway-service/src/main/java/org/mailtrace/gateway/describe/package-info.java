/** What the OpenAPI document says beyond the resources' own annotations. */
package org.mailtrace.gateway.describe;
