/** The OpenAPI document that every service serves, made when somebody asks for it. */
package org.mailtrace.http.describe;
