// The live host names, in the HttpClient of Java.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        String base = member("base", send("https://login.eloqua.com/id", null, "s3cret").body());
        System.out.println("base: " + base);
        String rest = base + "/API/REST/2.0/data";
        System.out.println(
                "created: " + send(rest + "/contact", "{\"emailAddress\":\"ada@example.test\"}", "s3cret").statusCode());
        String found = send(rest + "/contacts?search=ada*", null, "s3cret").body();
        System.out.println("found: " + member("total", found) + " " + member("name", found));
        String stranger = send("https://login.eloqua.com/id", null, "wrong").body();
        System.out.println("stranger: " + stranger.replace("\"", ""));
    }

    private static HttpResponse<String> send(String url, String body, String password) throws Exception {
        String login = Base64.getEncoder().encodeToString(("MockCo\\api.user:" + password).getBytes());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json");
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    // The first member of that name; Java has no JSON of its own.
    private static String member(String name, String json) {
        Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        found.find();
        return found.group(1);
    }
}
