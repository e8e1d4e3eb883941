package vellum.ingest.api;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;

/** A service with the access that its route was registered with, where the guard finds it. */
final class GuardedService extends SimpleDecoratingHttpService {

  private final Access access;

  GuardedService(HttpService delegate, Access access) {
    super(delegate);
    this.access = access;
  }

  Access access() {
    return access;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    return unwrap().serve(context, request);
  }
}
